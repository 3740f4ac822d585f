import Datasets
import Foundation
import SpecLanguage
import Testing

/// Tests/Fixtures/preprocessing.json: scaled and encoded columns against scikit-learn's.
@Suite struct PreprocessingFixtureTests {
    struct Fixture: Decodable {
        struct Scaled: Decodable, Sendable, CustomTestStringConvertible {
            let name: String
            let values: [Double]
            let results: [String: [Double]]
            var testDescription: String { name }
        }
        struct Encoded: Decodable, Sendable, CustomTestStringConvertible {
            let name: String
            let values: [String]
            let places, one_hot: [Double]
            let count: Int
            var testDescription: String { name }
        }
        let scaled: [Scaled]
        let encoded: [Encoded]
    }

    static let fixture: Fixture = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/preprocessing.json")
        guard let data = try? Data(contentsOf: url), let fixture = try? JSONDecoder().decode(Fixture.self, from: data) else {
            preconditionFailure("no fixture at \(url.path)")
        }
        return fixture
    }()

    @Test func nothingIsLeftOut() {
        #expect(Self.fixture.scaled.count == 11 && Self.fixture.encoded.count == 6)
        #expect(Self.fixture.scaled.allSatisfy { $0.results.keys.sorted() == ["minmax", "robust", "zscore"] })
    }

    /// To 1e-9 of the largest result: scikit-learn's variance of the large numbers is right to about that.
    @Test(arguments: fixture.scaled) func scaling(_ column: Fixture.Scaled) throws {
        for (method, wanted) in column.results {
            let sample = try Sample(["d.csv": "a,y\n" + column.values.enumerated().map { "\($1),\($0)\n" }.joined()])
            let found = try sample.prepare("path: d.csv, target: y, split: none, normalize: \(method)", "task: regression").train.inputs.doubles
            try #require(found.count == wanted.count)
            let tolerance = 1e-9 * max(1, wanted.map(\.magnitude).max() ?? 0)
            for (row, pair) in zip(found, wanted).enumerated() {
                #expect((pair.0 - pair.1).magnitude <= tolerance, "\(method), row \(row): \(pair.0), want \(pair.1)")
            }
        }
    }

    /// The order of the categories is scikit-learn's: texts by code point, and where the order counts numbers by value.
    @Test(arguments: fixture.encoded) func encoding(_ column: Fixture.Encoded) throws {
        let sample = try Sample(["d.csv": "a,y\n" + column.values.enumerated().map { "\"\($1)\",\($0)\n" }.joined()])
        func inputs(_ encoding: String) throws -> [Double] {
            try sample.prepare(
                "path: d.csv, target: y, split: none, features: [{name: a, type: category, encoding: \(encoding)}]", "task: regression"
            ).train.inputs.doubles
        }
        if column.values.allSatisfy({ Double($0) != nil }) {
            #expect(try inputs("ordinal, normalize: none") == column.places)
        } else {
            #expect(try inputs("index") == column.places)
            #expect(try inputs("one_hot") == column.one_hot)
        }
    }
}
