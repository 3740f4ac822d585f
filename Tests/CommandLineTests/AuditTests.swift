import Foundation
import TestSupport
import Testing

/// `nnspec check SPEC --data`: each finding where it is, with its count and lines, and not where it is not.
@Suite struct AuditTests {
    private static let spec = "nnspec: 1\ndata: {path: d.csv, target: y, split: none}\nmodel: {layers: [2, auto]}\n"

    /// A sound table of 40 rows and two classes; `change` spoils it.
    private static func table(_ change: (inout [[String]]) -> Void = { _ in }) -> String {
        var rows = [["a", "b", "c", "y"]]
        for row in 0..<40 {
            rows.append(["\((row * 17) % 41).5", "\((row * 29) % 37)e-1", ["red", "white", "blue"][(row * row) % 3], ["no", "yes"][(row / 3) % 2]])
        }
        change(&rows)
        return rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    private static func findings(_ csv: String, _ spec: String = spec) throws -> [FoundDiagnostic] {
        var found: [FoundDiagnostic]?
        try withFolder { folder in
            try csv.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["check", "s.yaml", "--data", "--json"], in: folder)
            #expect(tool.status == 0, "\(tool.errors)")
            found = FoundDiagnostic.all(tool.output)
        }
        return try #require(found).filter { $0.severity == "warning" }
    }

    /// One finding, of this code, in this line and column, with these words in its message.
    private func expect(_ csv: String, _ code: String, _ line: Int, _ column: Int, _ words: String, spec: String = spec) throws {
        let found = try Self.findings(csv, spec)
        #expect(found.map(\.code) == [code], "\(found.map(\.message))")
        #expect(found.first?.line == line && found.first?.column == column, "\(found.map { "\($0.line ?? 0):\($0.column ?? 0)" })")
        #expect(found.first?.message.contains(words) == true, "\(found.map(\.message))")
    }

    @Test func soundTablesHaveNoFindings() throws {
        #expect(try Self.findings(Self.table()).map(\.message) == [])
        #expect(try Self.findings(Self.table(), Self.spec + "task: classification\n").isEmpty)
    }

    @Test func sameColumns() throws {
        try expect(Self.table { rows in for row in rows.indices { rows[row][1] = row == 0 ? "b" : rows[row][0] } }, "W1501", 1, 3, "\"a\" and \"b\"")
        try expect(
            Self.table { rows in for row in rows.indices { rows[row].insert(row == 0 ? "d" : rows[row][2], at: 3) } }, "W1501", 1, 7,
            "\"c\" and \"d\"")
    }

    @Test func contradictingRows() throws {
        func spoilt(_ rows: inout [[String]]) {
            for (row, twin) in [(7, 2), (30, 2), (20, 11)] { rows[row] = Array(rows[twin][..<3]) + [rows[row][3]] }
            (rows[2][3], rows[7][3], rows[30][3], rows[11][3], rows[20][3]) = ("no", "yes", "no", "yes", "no")
        }
        try expect(
            Self.table(spoilt), "W1750", 8, 18,
            "5 training rows have the features of another and a different target: lines 3, 8, 31 (\"no\", \"yes\"); lines 12, 21 (\"yes\", \"no\")")
        // Repeated rows that agree are none, and neither are rows that differ by a feature.
        #expect(try Self.findings(Self.table { $0[8] = $0[5] }).isEmpty)
        #expect(try Self.findings(Self.table { $0[8] = [$0[5][0], $0[5][1], "green", $0[5][3] == "no" ? "yes" : "no"] }).isEmpty)
        try withFolder { folder in
            try Self.table(spoilt).write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try Self.spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let told = try Tool.run(["check", "s.yaml", "--data"], in: folder)
            // Of 40 rows at least the 7th, and the 11th or the 20th, are wrong.
            #expect(told.errors.contains("at most 95 % of the training rows can be right"), "\(told.errors)")
            // Numbers that were measured twice are a note.
            let numbers = "a,y\n" + (0..<30).map { "\($0 % 29).5,\($0).25\n" }.joined()
            try numbers.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let note = try Tool.run(["check", "s.yaml", "--data", "--json"], in: folder)
            let found = try #require(FoundDiagnostic.all(note.output)).filter { $0.code == "N1751" }
            #expect(note.status == 0 && found.first?.message.contains("2 training rows") == true, "\(note.output)")
            #expect(found.first?.message.contains("lines 2, 31 (\"0.25\", \"29.25\")") == true, "\(note.output)")
        }
    }

    @Test func rowsInTwoParts() throws {
        let spec = Self.spec.replacingOccurrences(of: "split: none", with: "split: {validation: 0.2, method: ordered}")
        try expect(
            Self.table { $0[38] = $0[5] }, "W1502", 39, 1, "1 row of the validation part also stands among the training rows: line 39 as line 6",
            spec: spec)
        // Not where the target is another one.
        #expect(try Self.findings(Self.table { rows in rows[38] = Array(rows[5][..<3]) + [rows[5][3] == "no" ? "yes" : "no"] }, spec).isEmpty)
        // Nor within one part.
        #expect(try Self.findings(Self.table { $0[8] = $0[5] }, spec).isEmpty)
        let files = "nnspec: 1\ndata: {train: d.csv, validation: d.csv, target: y}\nmodel: {layers: [2, auto]}\n"
        try expect(Self.table(), "W1502", 2, 1, "40 rows of the validation part also stand among the training rows: line 2 as line 2", spec: files)
    }

    @Test func featuresThatTellTheClass() throws {
        try expect(
            Self.table { rows in for row in 1..<rows.count { rows[row][0] = rows[row][3] == "no" ? "\(row)" : "\(100 + row * 2)" } }, "W1503", 1, 1,
            "\"a\" alone tells target \"y\" in 100 %")
        try expect(
            Self.table { rows in for row in 1..<rows.count { rows[row][2] = rows[row][3] == "no" ? "red" : "blue" } }, "W1503", 1, 5, "\"c\" alone")
        // Four wrong rows in forty are a feature, not a leak.
        #expect(
            try Self.findings(
                Self.table { rows in
                    for row in 1..<rows.count { rows[row][2] = (rows[row][3] == "no") != (row % 10 == 0) ? "red" : "blue" }
                }
            ).isEmpty)
    }

    @Test func otherUnits() throws {
        let spec = Self.spec.replacingOccurrences(of: "target: y", with: "target: b").replacingOccurrences(of: "split", with: "exclude: [y], split")
        let table = Self.table { rows in for row in 1..<rows.count { rows[row][0] = "\(2000 - 3 * ((row - 1) * 29 % 37))" } }
        try expect(table, "W1504", 1, 1, "\"a\" is target \"b\" but for scale and shift", spec: spec)
        #expect(try Self.findings(Self.table(), spec).isEmpty)
    }

    @Test func imbalance() throws {
        func share(_ rare: Int) -> String {
            Self.table { rows in for row in 1..<rows.count { rows[row][3] = row % (40 / rare) == 3 ? "yes" : "no" } }
        }
        try expect(share(4), "W1505", 1, 7, "36 of 40 training rows are \"no\": always to answer it is right in 90 %")
        #expect(try Self.findings(share(8)).isEmpty)
    }

    @Test func outliers() throws {
        try expect(Self.table { $0[7][0] = "99999" }, "W1506", 8, 1, "1 value of column \"a\" makes 97 % of its variance: 99999 in line 8")
        #expect(
            try Self.findings(Self.table { $0[7][0] = "99999" }, Self.spec.replacingOccurrences(of: "split", with: "normalize: none, split")).isEmpty)
        #expect(try Self.findings(Self.table { $0[7][0] = "60" }).isEmpty)
    }

    @Test func nearTexts() throws {
        try expect(Self.table { $0[9][2] = "Red" }, "W1507", 10, 12, "\"Red\" (1 row) and \"red\" of column \"c\"")
        try expect(
            Self.table { rows in
                for row in 1..<rows.count { rows[row][3] = row % 2 == 0 ? ">50K" : row % 10 == 1 ? "<=50K." : "<=50K" }
            }, "W1507", 4, 18, "\"<=50K\" (16 rows) and \"<=50K.\" of column \"y\"")
        // Signs and numbers are no slips.
        #expect(try Self.findings(Self.table { rows in for row in 1..<rows.count { rows[row][3] = row % 2 == 0 ? "-1" : "1" } }).isEmpty)
        #expect(try Self.findings(Self.table { rows in for row in 1..<rows.count { rows[row][3] = row % 2 == 0 ? ">50K" : "<50K" } }).isEmpty)
    }

    @Test func ids() throws {
        func first(_ name: String, _ value: (Int) -> String) -> String {
            Self.table { rows in for row in rows.indices { rows[row][0] = row == 0 ? name : value(row) } }
        }
        try expect(
            first("id") { "\(($0 * 7919) % 100_003)" }, "W1508", 1, 1, "column \"id\" looks like an id: its 40 values are all different whole numbers"
        )
        try expect(first("a") { "\($0)" }, "W1508", 1, 1, "whole numbers")
        try expect(first("a") { "plant \($0)" }, "W1508", 1, 1, "its 40 values are all different")
        // Different numbers alone say nothing.
        #expect(try Self.findings(first("a") { "\(($0 * 7919) % 100_003)" }).isEmpty)
    }

    @Test func oneValue() throws {
        let spec = Self.spec.replacingOccurrences(of: "split", with: "normalize: none, split")
        try expect(Self.table { rows in for row in 1..<rows.count { rows[row][0] = "7" } }, "W1509", 1, 1, "column \"a\"", spec: spec)
    }

    /// What the columns hold, for people and for programs.
    @Test func theReportSaysWhatTheColumnsHold() throws {
        try withFolder { folder in
            try Self.table { $0[4][0] = "" }.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try Self.spec.replacingOccurrences(of: "split", with: "missing: drop_row, split").write(
                toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let text = try Tool.run(["check", "s.yaml", "--data"], in: folder)
            #expect(
                text.output == """
                    s.yaml: no mistakes found

                    rows     train 39
                    target   "y", 2 classes: "no" 21, "yes" 18
                    guessing "no" always is right in 0.538 of the training rows

                    column  type      missing  values                     why
                    a       number    1        39 different, 0.5 to 40.5  every value that there is, is a number
                    b       number    0        36 different, 0 to 3.6     every value is a number
                    c       category  0        2 different                values such as "red" are no numbers

                    """, "\(text.output)")
            let json = try Tool.run(["check", "s.yaml", "--data", "--json"], in: folder)
            struct Document: Decodable {
                struct Column: Decodable { let name, type, reason: String; let missing, distinct: Int; let minimum, maximum: Double? }
                struct Data: Decodable { let rows, classes: [String: Int]; let majority_baseline: Double; let columns, targets: [Column] }
                let ok: Bool
                let data: Data
            }
            let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
            #expect(document.ok && document.data.rows == ["train": 39] && document.data.classes == ["no": 21, "yes": 18])
            #expect(document.data.columns.map(\.name) == ["a", "b", "c"] && document.data.columns[0].missing == 1)
            #expect(document.data.columns[0].maximum == 40.5 && document.data.majority_baseline == 0.538)
        }
    }
}
