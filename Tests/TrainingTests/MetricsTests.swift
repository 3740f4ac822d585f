import Datasets
import Foundation
import SpecLanguage
import Testing
import Training

/// The parts of Tests/Fixtures/metrics.json: every metric against scikit-learn's number.
@Suite struct MetricsTests {
    static let parts = MetricsFixture.parts("metrics.json")

    private func measurement(_ part: MetricsFixture.Part) throws -> Training.Measurement {
        let rows = part.outputs.count / part.width
        if part.kind == "labels" {
            let labels = Matrix(rows: rows, columns: part.width, values: try #require(part.targets), precision: .float64)
            return Training.Measurement(
                Predictions(
                    rows: rows, width: part.width, values: part.outputs, targets: .labels(labels),
                    encoding: .labels(names: (0..<part.width).map { "y\($0)" }), areProbabilities: true))
        }
        if let targets = part.targets {
            let names = (0..<part.width).map { "y\($0)" }
            return Training.Measurement(
                Predictions(
                    rows: rows, width: part.width, values: part.outputs,
                    targets: .values(Matrix(rows: rows, columns: part.width, values: targets, precision: .float64)),
                    encoding: .values(names: names, centers: names.map { _ in 0 }, scales: names.map { _ in 1 }), areProbabilities: false))
        }
        let classes = try #require(part.classes)
        try #require(classes.count == rows)
        return Training.Measurement(
            Predictions(
                rows: rows, width: part.width, values: part.outputs, targets: .classes(classes),
                encoding: .classes(name: "y", classes: (0..<max(part.width, 2)).map { "\($0)" }), areProbabilities: true))
    }

    /// A metric that the fixture leaves out would be compared with nothing.
    @Test func everyMetricIsCompared() {
        let compared = Set(Self.parts.flatMap { $0.values.compactMap { $0.value == nil ? nil : $0.key } })
        #expect(compared == Set(Metric.allCases.map(\.rawValue)))
        #expect(Self.parts.count == 23)
        // Those of several labels are computations of their own.
        let ofLabels = Self.parts.filter { $0.kind == "labels" }
        #expect(ofLabels.count == 5)
        for part in ofLabels { #expect(Set(part.values.keys) == Set(Metric.standard(for: .multilabel).map(\.rawValue)), "\(part.name)") }
    }

    @Test(arguments: parts.indices) func equalsScikitLearn(_ number: Int) throws {
        let part = Self.parts[number]
        let measurement = try measurement(part)
        #expect(!part.values.isEmpty)
        for (name, wanted) in part.values {
            let found = measurement.value(try #require(Metric(rawValue: name)))
            guard let wanted else {
                #expect(found == nil, "\(part.name): \(name) is \(String(describing: found)), want none")
                continue
            }
            expectClose([found ?? .nan], [wanted], 1e-12, "\(part.name): \(name)")
        }
    }

    /// Two outputs for two classes order the rows as one output does.
    @Test func oneOutputOrTwo() throws {
        let p = (0..<40).map { Double(($0 * 7) % 16) / 16 }
        let classes = (0..<40).map { Int32(($0 * 5) % 3 == 0 ? 1 : 0) }
        func value(_ metric: Metric, _ width: Int) -> Double? {
            Training.Measurement(
                Predictions(
                    rows: 40, width: width, values: width == 1 ? p : p.flatMap { [1 - $0, $0] }, targets: .classes(classes),
                    encoding: .classes(name: "y", classes: ["a", "b"]), areProbabilities: true)
            ).value(metric)
        }
        for metric in [Metric.auc_roc, .average_precision, .brier, .log_loss, .accuracy, .mcc] {
            let found = try #require(value(metric, 1))
            #expect(value(metric, 2) == found, "\(metric)")
        }
    }

    /// Equal outputs in another order of the rows: the very same numbers.
    @Test func tiesDoNotDependOnTheOrderOfRows() throws {
        let p = (0..<60).map { Double($0 % 4) / 4 }
        let classes = (0..<60).map { Int32(($0 * $0) % 7 < 3 ? 1 : 0) }
        func value(_ metric: Metric, _ order: [Int]) -> Double? {
            Training.Measurement(
                Predictions(
                    rows: 60, width: 1, values: order.map { p[$0] }, targets: .classes(order.map { classes[$0] }),
                    encoding: .classes(name: "y", classes: ["a", "b"]), areProbabilities: true)
            ).value(metric)
        }
        for metric in [Metric.auc_roc, .average_precision] {
            let straight = try #require(value(metric, Array(0..<60)))
            #expect(value(metric, Array((0..<60).reversed())) == straight)
            #expect(value(metric, (0..<60).map { ($0 * 7) % 60 }) == straight)
        }
    }

    @Test func aTieAmongTheLargestGoesToTheFirstClass() {
        func top(_ metric: Metric, of truth: Int32) -> Double? {
            Training.Measurement(
                Predictions(
                    rows: 1, width: 4, values: [0.25, 0.25, 0.25, 0.25], targets: .classes([truth]),
                    encoding: .classes(name: "y", classes: ["a", "b", "c", "d"]), areProbabilities: true)
            ).value(metric)
        }
        #expect((0..<4).map { top(.top_2_accuracy, of: $0) } == [1, 1, 0, 0])
        #expect((0..<4).map { top(.top_3_accuracy, of: $0) } == [1, 1, 1, 0])
        #expect((0..<4).map { top(.accuracy, of: $0) } == [1, 0, 0, 0])
    }

    @Test func theMatrixOfAllPairs() throws {
        let part = try #require(Self.parts.first { $0.name == "three classes" })
        let measurement = try measurement(part)
        let matrix = try #require(measurement.confusion()).counts
        let classes = try #require(part.classes)
        #expect(matrix.flatMap { $0 }.reduce(0, +) == classes.count)
        for k in 0..<3 { #expect(matrix[k].reduce(0, +) == classes.count { $0 == Int32(k) }) }
        let accuracy = try #require(part.values["accuracy"] ?? nil)
        let right = matrix[0][0] + matrix[1][1] + matrix[2][2]
        #expect(Double(right) / Double(classes.count) == accuracy)
        #expect(measurement.confusion(upTo: 2) == nil)
    }

    /// Ten thousand rows of ten classes, as a validation part of MNIST has, must not cost what an epoch costs.
    @Test func ofTenThousandRowsItTakesMilliseconds() {
        let rows = 10_000
        let values = (0..<rows * 10).map { Double(($0 * 7919) % 1_000_003) / 1_000_003 }
        let predictions = Predictions(
            rows: rows, width: 10, values: values, targets: .classes((0..<rows).map { Int32($0 % 10) }),
            encoding: .classes(name: "y", classes: (0..<10).map { "\($0)" }), areProbabilities: true)
        let clock = ContinuousClock()
        let best = (0..<5).map { _ in
            clock.measure {
                let measurement = Training.Measurement(predictions)
                for metric in Metric.standard(for: .classification) { #expect(measurement.value(metric) != nil) }
            }
        }.min()
        // About 1 ms where nothing else runs; ten times that still tells what is quadratic or allocates for every row.
        #expect((best ?? .zero) < .milliseconds(10) && (best ?? .zero) > .zero, "\(String(describing: best))")
    }
}
