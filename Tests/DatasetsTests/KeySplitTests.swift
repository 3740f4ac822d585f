import Datasets
import Diagnostics
import Testing

/// Splits by a key, by a column, and of rare classes.
@Suite struct KeySplitTests {
    private static let rows = (0..<400).map { "p\($0 / 4),\($0),\($0 % 7)\n" }

    private func split(_ rows: [String], seed: Int = 0) throws -> [Set<String>] {
        let sample = try Sample(["d.csv": "id,x,y\n" + rows.joined()])
        let data = try sample.prepare(
            "path: d.csv, target: y, split: {method: hash, key: id, validation: 0.2, test: 0.2}", "seed: \(seed)\ntask: regression")
        #expect(data.preprocessing.features.map(\.name) == ["x"])
        let parts = [data.train, try #require(data.validation), try #require(data.test)]
        #expect(parts.reduce(0) { $0 + $1.rows } == rows.count)
        return parts.map { Set($0.rowNumbers.map { String(rows[Int($0)].prefix { $0 != "," }) }) }
    }

    @Test func rowsOfOneKeyStayTogether() throws {
        let parts = try split(Self.rows)
        #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]) && parts[1].isDisjoint(with: parts[2]))
        // 100 keys, shares 0.6, 0.2, 0.2: within four deviations.
        #expect((40...80).contains(parts[0].count) && (4...36).contains(parts[1].count) && (4...36).contains(parts[2].count))
        #expect(try split(Self.rows, seed: 1) != parts)
    }

    /// New rows, and rows in another order, move no key.
    @Test func aKeyStaysWhereItIs() throws {
        let before = try split(Self.rows)
        let after = try split((400..<600).map { "q\($0),\($0),1\n" } + Self.rows.reversed())
        for (old, new) in zip(before, after) { #expect(new.filter { $0.hasPrefix("p") } == old) }
    }

    /// As Python's hashlib has it: the first 53 bits of sha256(b"seed/key") against 0.5 and 0.75.
    @Test(arguments: [
        (0, "p1", 1), (0, "p2", 0), (0, "ü, with blanks", 0), (0, "", 0),
        (7, "p1", 1), (7, "p2", 0), (7, "ü, with blanks", 2), (7, "", 0),
    ])
    func theRule(_ seed: UInt64, _ key: String, _ part: Int) {
        #expect(Split.part(ofKey: key, fractions: [0.5, 0.25, 0.25], seed: seed) == part)
        #expect(Split.part(ofKey: key, fractions: [0, 0, 1], seed: seed) == 2)
    }

    @Test func theColumnSays() throws {
        let sample = try Sample(["d.csv": "part,x,y\ntest,1,1\ntrain,2,2\ntrain,3,3\nvalidation,4,4\ntest,5,6\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: {method: column, key: part}")
        #expect([data.train.rowNumbers, data.validation?.rowNumbers, data.test?.rowNumbers] == [[1, 2], [3], [0, 4]])
        let bare = try Sample(["d.csv": "part,x,y\ntrain,1,1\ntrain,2,2\ntrain,3,3\n"])
        #expect(try bare.prepare("path: d.csv, target: y, split: {method: column, key: part}").validation == nil)
    }

    @Test(arguments: [("Train,4,4", ["E1406"]), (",4,4", ["E1404"])])
    func whatNoColumnSays(_ row: String, _ codes: [String]) throws {
        let sample = try Sample(["d.csv": "part,x,y\ntrain,1,1\ntrain,2,2\n\(row)\n"])
        #expect(try sample.refusal("path: d.csv, target: y, split: {method: column, key: part}").map(\.code) == codes)
    }

    @Test func noTrainingRows() throws {
        let sample = try Sample(["d.csv": "part,x,y\ntest,1,1\nvalidation,2,2\n"])
        #expect(try sample.refusal("path: d.csv, target: y, split: {method: column, key: part}").map(\.code) == ["E1405"])
    }

    /// A rare class has a row in each part as far as it has rows: train, then validation, then test.
    @Test(arguments: [(1, [1, 0, 0]), (2, [1, 1, 0]), (3, [1, 1, 1]), (4, [2, 1, 1]), (10, [8, 1, 1]), (100, [80, 10, 10])])
    func rareClasses(_ count: Int, _ expected: [Int]) throws {
        let rows = (0..<count).map { "\($0),rare\n" } + (0..<50).map { "\($0),common\n" }
        for seed in 0..<5 {
            let sample = try Sample(["d.csv": "x,y\n" + rows.joined()])
            let data = try sample.prepare("path: d.csv, target: y, split: {validation: 0.1, test: 0.1}", "seed: \(seed)")
            let parts = [data.train, data.validation, data.test].map { part in part?.rowNumbers.count { $0 < count } ?? 0 }
            #expect(parts == expected)
            // Told where it goes without, with its rows.
            #expect(sample.codes == expected.filter { $0 == 0 }.map { _ in "W1004" })
            #expect(sample.sink.diagnostics.allSatisfy { $0.words.contains("rare \(count)") })
        }
    }

    /// What occurs outside the training rows alone is no class of the model.
    @Test func classesComeFromTheTrainingRows() throws {
        let rows = "x,part,y\n1,train,a\n2,train,b\n3,test,c\n"
        let sample = try Sample(["d.csv": rows])
        let errors = try sample.refusal("path: d.csv, target: y, split: {method: column, key: part}")
        #expect(errors.map(\.code) == ["E1305"])
        let listed = try Sample(["d.csv": rows])
        let data = try listed.prepare("path: d.csv, target: y, classes: [a, b, c], split: {method: column, key: part}")
        #expect(data.target == .classes(name: "y", classes: ["a", "b", "c"]))
        #expect(listed.codes == ["W1004", "W1004"])
    }

    /// As `printf '2\n3\n' | sha256sum` has it: numbers from 1, one a line.
    @Test func digestOfRows() throws {
        let sample = try Sample(["d.csv": "part,x,y\ntest,1,1\ntrain,2,2\ntrain,3,3\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: {method: column, key: part}")
        #expect(data.train.rowsDigest == "fcb9cc30b0f3e4715d032f3a0ce158e4d6bea8c618bda0f5d1f167300a087b8a")
        #expect(data.test?.rowsDigest == "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865")
    }
}
