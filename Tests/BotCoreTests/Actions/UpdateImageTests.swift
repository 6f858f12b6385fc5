import Testing

@testable import BotCore

struct UpdateImageTests {
    private let spec = ActionSpec.updateImage
    private let image: [String: JSONValue] = ["image_version_id": .int(77)]

    @Test func theIdIsSentAsItIs() throws {
        #expect(!spec.isRelative(image))
        #expect(try spec.resolve(image, Samples.reading) == image)
        #expect(try spec.resolve(image, nil) == image)
    }

    @Test func imageAndStatusAreComparedAndTheImageProvesIt() {
        let before = spec.compared(image, Samples.reading)
        #expect(before == ["image_version": .int(76), "status": .string("Running")])
        #expect(spec.expected(42, image, before) == ["image_version": .int(77), "status": .string("Running")])
        #expect(spec.compared(image, ClusterReading()).isEmpty)
        #expect(spec.proof == ["image_version"])
    }

    @Test(
        arguments: [
            (76, "change the image version of all nodes: 76 → 77"),
            (77, "put image version 77 on all nodes again (it is there already)"),
            (nil, "put image version 77 on all nodes"),
        ] as [(Int?, String)]
    )
    func theEffectSaysWhatIsThereNow(_ now: Int?, _ sentence: String) {
        let before = spec.compared(image, Samples.reading.with(\.imageVersion, now))
        #expect(spec.effect(image, before, spec.expected(42, image, before)) == sentence)
    }

    @Test func theNameOfTheImageIsSaidIfItWasRead() {
        #expect(spec.cautions(image, Samples.reading).first == "The image now is Ubuntu Slurm v1.")
        #expect(spec.cautions(image, nil).count == 1)
        #expect(spec.asked(image) == "put image version 77 on all nodes")
    }
}
