import ChatKit
import Testing

@Suite struct WebhookRefusalTests {
    @Test func aClockIsCountedAloneAndItsDifferenceTold() {
        #expect(WebhookRefusal.clockDiffers(.seconds(-301)).kind == "clock differs")
        #expect(WebhookRefusal.clockDiffers(.seconds(-301)).reason == "clock differs by 301 s")
        #expect(WebhookRefusal.wrongSignature.reason == "wrong signature")
    }
}
