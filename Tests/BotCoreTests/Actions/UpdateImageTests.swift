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
            (76, "image of prod-train: 76 → 77"),
            (77, "put image 77 on prod-train again, it is there already"),
            (nil, "put image 77 on prod-train"),
        ] as [(Int?, String)]
    )
    func theEffectSaysWhatIsThereNow(_ now: Int?, _ sentence: String) {
        let before = spec.compared(image, Samples.reading.with(\.imageVersion, now))
        #expect(spec.effect(image, before, spec.expected(42, image, before)) == sentence)
    }

    @Test func theNamesOfTheImagesAreSaidIfTheyWereRead() {
        let before = spec.compared(image, Samples.reading)
        let after = spec.expected(42, image, before)
        #expect(
            spec.effect(image, before, after, seen: Samples.reading)
                == "image of prod-train: Ubuntu Slurm v1 (76) → 77"
        )
        var seen = Samples.reading
        seen.lists[.images] = NamedList([76: "Ubuntu Slurm v1", 77: "Ubuntu Slurm v2"])
        #expect(
            spec.effect(image, before, after, seen: seen)
                == "image of prod-train: Ubuntu Slurm v1 (76) → Ubuntu Slurm v2 (77)"
        )
        #expect(spec.asked(image) == "put image 77 on prod-train")
    }
}
