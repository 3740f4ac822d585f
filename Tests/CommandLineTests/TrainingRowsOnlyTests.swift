import Foundation
import TestSupport
import Testing

/// Whatever stands in the rows held back, the weights are those that the training rows make.
@Suite struct TrainingRowsOnlyTests {
    private static let header = "part,id,number,price,word,grade,code,flag,y"

    private static func row(_ index: Int) -> [String] {
        let part = index % 5 == 3 ? "validation" : index % 5 == 4 ? "test" : "train"
        let number = index % 7 == 0 ? "" : "\(index * index % 31)"
        let word = index % 11 == 0 ? "" : ["red", "green", "blue"][index % 3]
        return [
            part, "k\(index)", number, "\(100 + index * 7 % 13)", word, ["low", "mid", "high"][index / 2 % 3], "c\(index % 4)",
            index % 2 == 0 ? "yes" : "no", ["a", "b"][index * 3 / 2 % 2],
        ]
    }

    /// What the values of a row held back are turned into: extremes, other categories, gaps.
    private static let edits: [(column: Int, values: [String])] = [
        (2, ["1e30", "-1e30", "", "7"]), (3, ["-1e12", "0"]), (4, ["violet", "", "red"]), (5, ["high", "low"]), (6, ["other", "c9"]),
        (7, ["yes", "no"]), (8, ["a", "b"]),
    ]

    private static func spec(_ split: String) -> String {
        """
        nnspec: 1
        data:
          path: d.csv
          target: y
          missing: mean
          indicator: true
          features:
            - {name: number, missing: median}
            - {name: price, normalize: robust, missing: error}
            - {name: word, missing: mode, unseen: other}
            - {name: grade, encoding: ordinal, categories: [low, mid, high], missing: mode}
            - {name: code, encoding: index, unseen: other, missing: mode}
            - {name: flag, type: boolean, missing: mode}
          split: \(split)
        model: {layers: [5, auto]}
        training: {epochs: 3, keep: last}
        """
    }

    @Test(arguments: [
        "{method: column, key: part}", "{method: ordered, validation: 0.2, test: 0.2}", "{method: hash, key: id, validation: 0.2, test: 0.2}",
        "{method: random, validation: 0.2, test: 0.2}",
    ])
    func editsOfRowsHeldBackChangeNoWeight(_ split: String) throws {
        try withFolder { folder in
            try Self.spec(split).write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            func weights(_ rows: [[String]]) throws -> Data {
                let text = ([Self.header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
                try text.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
                let tool = try Tool.run(["train", "s.yaml", "--quiet"], in: folder)
                try #require(tool.status == 0, "\(tool.errors)")
                return try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json"))
            }
            func digests() throws -> [String] {
                try String(contentsOfFile: folder + "/runs/s/evaluation.json", encoding: .utf8).split(separator: "\n").map(String.init)
                    .filter { $0.contains("rows_sha256") }
            }
            let rows = (0..<50).map(Self.row)
            let base = try weights(rows)
            let parts = try digests()
            #expect(parts.count == 3)
            // The rows held back are those whose edit changes no part and no weight; which these are, the digest of one row less would tell.
            let held = try heldBack(split, rows.count, in: folder)
            #expect(held.count == 20 || split.contains("hash"))
            for (column, values) in Self.edits {
                for value in values {
                    var edited = rows
                    for row in held { edited[row][column] = value }
                    #expect(try weights(edited) == base, "column \(column) as \(value)")
                    #expect(try digests() == parts)
                }
            }
            // The same edit of a training row is seen.
            var edited = rows
            let train = try #require(rows.indices.first { !held.contains($0) && !rows[$0][2].isEmpty })
            edited[train][2] = "1e6"
            #expect(try weights(edited) != base)
        }
    }

    /// The rows of the validation and test parts: those that the digests name.
    private func heldBack(_ split: String, _ count: Int, in folder: String) throws -> Set<Int> {
        let evaluation = try String(contentsOfFile: folder + "/runs/s/evaluation.json", encoding: .utf8)
        func digest(_ rows: [Int]) throws -> String {
            let text = rows.map { "\($0 + 1)\n" }.joined()
            try text.write(toFile: folder + "/rows", atomically: false, encoding: .utf8)
            let tool = try Tool.run([], in: folder, through: "sha256sum rows")
            return String(tool.output.prefix(64))
        }
        if split.contains("column") || split.contains("ordered") {
            let train = (0..<count).filter { split.contains("column") ? $0 % 5 < 3 : $0 < 30 }
            #expect(evaluation.contains("\"train.rows_sha256\": \"\(try digest(train))\""))
            return Set(0..<count).subtracting(train)
        }
        // Which rows a random split holds back shows when the others change: an edit of a training row changes the weights.
        let weights = try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json"))
        let text = try String(contentsOfFile: folder + "/d.csv", encoding: .utf8)
        var held: Set<Int> = []
        for row in 0..<count {
            var lines = text.split(separator: "\n").map(String.init)
            var cells = Self.row(row)
            cells[3] = "5000"
            lines[row + 1] = cells.joined(separator: ",")
            try (lines.joined(separator: "\n") + "\n").write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["train", "s.yaml", "--quiet"], in: folder)
            try #require(tool.status == 0, "\(tool.errors)")
            if try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json")) == weights { held.insert(row) }
        }
        let train = (0..<count).filter { !held.contains($0) }
        #expect(evaluation.contains("\"train.rows_sha256\": \"\(try digest(train))\""))
        return held
    }
}
