import Datasets
import Foundation
import SpecLanguage
import Testing
import Training

/// The parts of Tests/Fixtures/weighted_metrics.json: every metric that takes weights, against scikit-learn's number.
@Suite struct WeightedMetricsTests {
    static let parts = MetricsFixture.parts("weighted_metrics.json")

    private func measurement(_ part: MetricsFixture.Part, weights: [Double]?) -> Training.Measurement {
        let rows = part.outputs.count / part.width
        let names = (0..<part.width).map { "y\($0)" }
        let (targets, encoding): (Targets, TargetEncoding)
        if let classes = part.classes {
            (targets, encoding) = (.classes(classes), .classes(name: "y", classes: (0..<max(part.width, 2)).map { "\($0)" }))
        } else {
            let values = Matrix(rows: rows, columns: part.width, values: part.targets ?? [], precision: .float64)
            (targets, encoding) =
                part.kind == "labels"
                ? (.labels(values), .labels(names: names))
                : (.values(values), .values(names: names, centers: names.map { _ in 0 }, scales: names.map { _ in 1 }))
        }
        return Training.Measurement(
            Predictions(
                rows: rows, width: part.width, values: part.outputs, targets: targets, encoding: encoding, areProbabilities: part.kind != "numbers",
                weights: weights))
    }

    @Test func everyMetricIsCompared() {
        let compared = Set(Self.parts.flatMap { $0.values.compactMap { $0.value == nil ? nil : $0.key } })
        #expect(compared == Set(Metric.allCases.map(\.rawValue)))
        #expect(Self.parts.count == 19 && Self.parts.contains { $0.rowWeights.contains(0) })
    }

    @Test(arguments: parts.indices) func equalsScikitLearn(_ number: Int) throws {
        let part = Self.parts[number]
        let measurement = measurement(part, weights: part.rowWeights)
        for (name, wanted) in part.values {
            let found = measurement.value(try #require(Metric(rawValue: name)))
            guard let wanted else {
                #expect(found == nil, "\(part.name): \(name) is \(String(describing: found)), want none")
                continue
            }
            expectClose([found ?? .nan], [wanted], 1e-12, "\(part.name): \(name)")
        }
    }

    /// Weights of 1 are none, to the last bit; others are seen.
    @Test(arguments: parts.indices) func onesAreNone(_ number: Int) {
        let part = Self.parts[number]
        let (plain, ones) = (measurement(part, weights: nil), measurement(part, weights: part.rowWeights.map { _ in 1 }))
        for metric in Metric.allCases { #expect(plain.value(metric) == ones.value(metric), "\(part.name): \(metric)") }
        guard Set(part.rowWeights).count > 1, part.rowWeights.count > 10 else { return }
        let weighted = measurement(part, weights: part.rowWeights)
        // What is 1 for all rows is 1 for any weights.
        let same = Metric.allCases.filter { plain.value($0) ?? 1 != 1 && plain.value($0) == weighted.value($0) }
        #expect(Set(same).isSubset(of: [.max_error]), "\(part.name): \(same)")
    }

    /// Whole weights are rows that stand there several times, up to rounding.
    @Test func wholeWeightsAreRepeatedRows() throws {
        for part in Self.parts where ["whole weights", "six classes, one never predicted", "three targets", "two labels"].contains(part.name) {
            let order = part.rowWeights.indices.flatMap { row in Array(repeating: row, count: Int(part.rowWeights[row] * 2)) }
            func rows<T>(_ values: [T], _ width: Int) -> [T] { order.flatMap { values[$0 * width..<($0 + 1) * width] } }
            let repeated = MetricsFixture.Part(
                name: part.name, kind: part.kind, width: part.width, outputs: rows(part.outputs, part.width), weights: [],
                classes: part.classes.map { rows($0, 1) }, targets: part.targets.map { rows($0, part.width) }, values: [:])
            let (a, b) = (measurement(part, weights: part.rowWeights), measurement(repeated, weights: nil))
            for metric in Metric.allCases where metric != .max_error {
                guard let found = a.value(metric) else {
                    #expect(b.value(metric) == nil, "\(part.name): \(metric)")
                    continue
                }
                expectClose([found], [b.value(metric) ?? .nan], 1e-12, "\(part.name): \(metric)")
            }
        }
    }
}
