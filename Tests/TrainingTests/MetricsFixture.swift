import Foundation

/// Outputs and targets with scikit-learn's number for each metric.
struct MetricsFixture: Decodable {
    struct Part: Decodable, Sendable {
        let name, kind: String
        let width: Int
        let outputs: [Double]
        var weights: [Double]?
        let classes: [Int32]?
        let targets: [Double]?
        let values: [String: Double?]

        var rowWeights: [Double] { weights ?? [] }
    }
    let parts: [Part]

    /// Precondition: the file is there.
    static func parts(_ file: String) -> [Part] {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/\(file)")
        guard let data = try? Data(contentsOf: url), let fixture = try? JSONDecoder().decode(MetricsFixture.self, from: data) else {
            preconditionFailure("no fixture at \(url.path)")
        }
        return fixture.parts
    }
}
