import Foundation
import TestSupport
import Testing

/// What predict prints: CSV or JSON lines, all columns or probabilities alone, with the file's own columns or without.
@Suite struct PredictFormTests {
    /// The file behind the run, behind `--data`, and from the standard input: the same bytes.
    @Test func theFileInEitherPlace() throws {
        try withFolder { folder in
            try "x,y\n1,2\n2,4\n3,6\n4,8\n".write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try "nnspec: 1\ndata: {path: d.csv, target: y, split: none}\nmodel: {layers: [auto]}\ntraining: {epochs: 3}\n"
                .write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            #expect(try Tool.run(["train", "s.yaml", "--quiet"], in: folder).status == 0)
            let wanted = try Tool.run(["predict", "runs/s", "d.csv"], in: folder)
            #expect(wanted.status == 0 && wanted.output.hasPrefix("y\n"))
            for words in [
                ["predict", "runs/s", "--data", "d.csv"], ["predict", "--data=d.csv", "runs/s"],
                ["predict", "runs/s", "--data", "d.csv", "--format", "csv"],
            ] {
                #expect(try Tool.run(words, in: folder).output == wanted.output)
            }
            #expect(try Tool.run(["predict", "runs/s", "--data", "-"], in: folder, through: "\"$@\" <d.csv").output == wanted.output)
            let lines = "T='\(Tool.path)'; $T predict runs/s d.csv --append --to jsonl | $T predict runs/s --data - --format jsonl --quiet"
            #expect(try Tool.run([], in: folder, through: lines).output == wanted.output)
            let none = try Tool.run(["predict", "runs/s"], in: folder)
            #expect(none.status == 2 && none.errors.contains("needs FILE"))
        }
    }

    private static let table = "age,city,note,y\n1.5,Rome,\"a, b\",no\n2.5,Oslo,,yes\n3,Rome,007,no\n0.5,Oslo,1e3,yes\n"

    /// Sets up a model of two classes, and gives the folder to `body`.
    private func withModel(_ extra: String = "", _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            try Self.table.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let spec = """
                nnspec: 1
                data: {path: d.csv, target: y, features: [age, city], split: none}
                model: {layers: [3, auto]}
                training: {epochs: 3}
                \(extra)
                """
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let trained = try Tool.run(["train", "s.yaml", "--quiet"], in: folder)
            try #require(trained.status == 0, "\(trained.errors)")
            try body(folder)
        }
    }

    private func lines(_ words: [String], in folder: String) throws -> [String] {
        let tool = try Tool.run(["predict", "runs/s"] + words, in: folder)
        #expect(tool.status == 0, "\(tool.errors)")
        return tool.output.split(separator: "\n").map(String.init)
    }

    @Test func jsonLines() throws {
        try withModel { folder in
            let csv = try lines(["d.csv"], in: folder)
            let json = try lines(["d.csv", "--to", "jsonl"], in: folder)
            #expect(csv[0] == "y,p.no,p.yes")
            #expect(json.count == 4)
            for (row, line) in json.enumerated() {
                let cells = csv[row + 1].split(separator: ",").map(String.init)
                let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                #expect(object.count == 3)
                #expect(object["y"] as? String == cells[0])
                #expect((object["p.yes"] as? Double).map { Float($0) } == Float(cells[2]))
            }
            #expect(try lines(["d.csv", "--to", "csv"], in: folder) == csv)
        }
    }

    @Test func probabilitiesAlone() throws {
        try withModel { folder in
            let all = try lines(["d.csv"], in: folder).map { $0.split(separator: ",").dropFirst().joined(separator: ",") }
            #expect(try lines(["d.csv", "--proba"], in: folder) == all)
        }
    }

    /// The file's columns stand in front, as they are written; a target that is there too is told apart.
    @Test func appended() throws {
        try withModel { folder in
            let own = Self.table.split(separator: "\n").map(String.init)
            let predicted = try lines(["d.csv"], in: folder)
            let csv = try lines(["d.csv", "--append"], in: folder)
            #expect(csv == ["\(own[0]),y.predicted,p.no,p.yes"] + (1..<5).map { "\(own[$0]),\(predicted[$0])" })
            #expect(!(try Tool.run(["predict", "runs/s", "d.csv", "--append"], in: folder)).errors.contains("N1001"))
            let piped = try Tool.run(["predict", "runs/s", "-", "--append"], in: folder, through: "exec \"$@\" <d.csv")
            #expect(piped.output == csv.joined(separator: "\n") + "\n")
        }
    }

    /// Numbers of JSON are numbers, a category is a text whatever it looks like, and what is missing is null.
    @Test func appendedToJSON() throws {
        try withModel { folder in
            let json = try lines(["d.csv", "--append", "--to", "jsonl", "--proba"], in: folder)
            #expect(json[0].hasPrefix("{\"age\": 1.5, \"city\": \"Rome\", \"note\": \"a, b\", \"y\": \"no\", \"p.no\": "))
            #expect(json[1].hasPrefix("{\"age\": 2.5, \"city\": \"Oslo\", \"note\": \"\", "))
            #expect(json[2].hasPrefix("{\"age\": 3, \"city\": \"Rome\", \"note\": \"007\", "))
            #expect(json[3].hasPrefix("{\"age\": 0.5, \"city\": \"Oslo\", \"note\": 1e3, "))
        }
    }

    /// What a file of objects holds beside the model's columns is kept as it stands, arrays and objects too; a pipe gives the same.
    @Test func nestedValuesAreKept() throws {
        try withModel { folder in
            let lines = [
                #"{"age": 1.5, "city": "Rome", "tags": ["a", {"b": "}\u00e9"}]}"#,
                #"{"city": "Oslo", "age": 2.5, "more": {"x": [1, 2]}, "tags": "[1]"}"#,
            ]
            try (lines.joined(separator: "\n") + "\n").write(toFile: folder + "/n.jsonl", atomically: false, encoding: .utf8)
            let json = try self.lines(["n.jsonl", "--append", "--to", "jsonl", "--proba"], in: folder)
            #expect(json[0].hasPrefix(#"{"age": 1.5, "city": "Rome", "tags": ["a", {"b": "}\u00e9"}], "more": null, "p.no": "#), "\(json[0])")
            #expect(json[1].hasPrefix(#"{"age": 2.5, "city": "Oslo", "tags": "[1]", "more": {"x": [1, 2]}, "p.no": "#), "\(json[1])")
            for line in json { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
            let csv = try self.lines(["n.jsonl", "--append", "--proba"], in: folder)
            #expect(csv[0] == "age,city,tags,more,p.no,p.yes")
            #expect(csv[1].hasPrefix(#"1.5,Rome,"[""a"", {""b"": ""}\u00e9""}]",,"#), "\(csv[1])")
            let piped = try Tool.run(
                ["predict", "runs/s", "-", "--format", "jsonl", "--append", "--to", "jsonl", "--proba"], in: folder, through: "cat n.jsonl | \"$@\"")
            #expect(piped.output == json.joined(separator: "\n") + "\n")
            // In a column of the model it is a mistake.
            try #"{"age": [1], "city": "Rome"}"#.write(toFile: folder + "/bad.jsonl", atomically: false, encoding: .utf8)
            let bad = try Tool.run(["predict", "runs/s", "bad.jsonl", "--append"], in: folder)
            #expect(bad.status == 4 && bad.errors.contains("E1054"), "\(bad.errors)")
        }
    }

    /// A pipe that pauses is answered at once, row by row, not when it ends.
    @Test(arguments: ["csv", "jsonl"]) func rowsOfALivePipe(_ format: String) throws {
        try withModel { folder in
            let rows = format == "csv" ? ["age,city", "1.5,Rome", "2.5,Oslo"] : [#"{"age": 1.5, "city": "Rome"}"#, #"{"age": 2.5, "city": "Oslo"}"#]
            func echo(_ lines: [String]) -> String { lines.map { "echo '\($0)'" }.joined(separator: "; ") }
            let source = "\(echo(rows.dropLast())); sleep 4; date +%s%N >last; \(echo([rows[rows.count - 1]]))"
            let shell = "{ \(source); } | \"$@\" | { read header; read row; date +%s%N >first; echo \"$row\"; cat; }"
            let tool = try Tool.run(["predict", "runs/s", "-", "--format", format], in: folder, through: shell)
            func time(_ name: String) throws -> Int {
                try #require(Int(String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
            }
            #expect(try time("first") < time("last"))
            try (rows.joined(separator: "\n") + "\n").write(toFile: "\(folder)/w.\(format)", atomically: false, encoding: .utf8)
            #expect(tool.output.split(separator: "\n").map(String.init) == Array(try lines(["w.\(format)"], in: folder).dropFirst()))
        }
    }

    /// A name that shows in the second window only is a column from the first row on.
    @Test func namesAreKnownBeforeTheFirstRow() throws {
        try withModel { folder in
            let filler = String(repeating: "long ", count: 30)
            let lines = (0..<70_000).map { row in
                "{\"age\": \(row % 9), \"note\": \"\(filler)\"" + (row > 69_000 ? ", \"late\": \(row)" : "") + ", \"city\": \"Rome\"}\n"
            }
            try lines.joined().write(toFile: folder + "/late.jsonl", atomically: false, encoding: .utf8)
            let file = try self.lines(["late.jsonl", "--append"], in: folder)
            #expect(file[0].hasPrefix("age,note,city,late,") && file.count == 70_001)
            #expect(file[1].contains(",Rome,,") && file[70_000].contains(",Rome,69999,"))
            let piped = try Tool.run(["predict", "runs/s", "-", "--format", "jsonl", "--append"], in: folder, through: "cat late.jsonl | \"$@\"")
            #expect(piped.output == file.joined(separator: "\n") + "\n")
        }
    }

    /// Windows and whole files give the same: many rows, and texts that come again and again.
    @Test func appendedInWindows() throws {
        try withModel { folder in
            let rows = (0..<300_000).map { "\($0 % 10),\($0 % 3 == 0 ? "Rome" : "Oslo"),row \($0) of a file that is longer than a window\n" }
            try ("age,city,note\n" + rows.joined()).write(toFile: folder + "/many.csv", atomically: false, encoding: .utf8)
            let all = try lines(["many.csv", "--append"], in: folder)
            #expect(all.count == 300_001)
            for row in [0, 1, 150_000, 299_999] { #expect(all[row + 1].hasPrefix(rows[row].dropLast())) }
            // Rows alike but for the note are predicted alike.
            for row in 1...3 { #expect(all[row].split(separator: ",").dropFirst(3) == all[row + 299_970].split(separator: ",").dropFirst(3)) }
        }
    }

    @Test func columnsByNameInAnyOrder() throws {
        try withModel { folder in
            try "city,more,age\nRome,x,1.5\nOslo,x,2.5\nRome,x,3\nOslo,x,0.5\n"
                .write(toFile: folder + "/other.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["predict", "runs/s", "other.csv"], in: folder)
            #expect(tool.output == (try Tool.run(["predict", "runs/s", "d.csv"], in: folder)).output)
            #expect(tool.errors.contains("note[N1001]") && tool.errors.contains("more"))
            try "city\nRome\n".write(toFile: folder + "/few.csv", atomically: false, encoding: .utf8)
            let refused = try Tool.run(["predict", "runs/s", "few.csv"], in: folder)
            #expect(refused.status == 4 && refused.errors.contains("error[E1101]") && refused.errors.contains("\"age\""))
            try "y,city,more,age\nno,Rome,x,1.5\nyes,Oslo,x,2.5\n".write(toFile: folder + "/labelled.csv", atomically: false, encoding: .utf8)
            let measured = try Tool.run(["evaluate", "runs/s", "--data", "labelled.csv"], in: folder)
            #expect(measured.status == 0 && measured.errors.contains("note[N1001]"), "\(measured.errors)")
        }
    }

    /// The spec may be gone: weights.json alone tells what to do with a table, whatever its columns are.
    @Test func weightsAreEnough() throws {
        try withFolder { folder in
            var rows = "a,b,c,d,t,u\n"
            for row in 0..<40 {
                rows += "\(row % 5 == 0 ? "" : "\(row)"),\(row % 2 == 0 ? "yes" : "no"),\(["low", "mid", "high"][row % 3]),k\(row % 4),"
                rows += "\(row % 2),\(row > 20)\n"
            }
            try rows.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let spec = """
                nnspec: 1
                task: multilabel
                data:
                  path: d.csv
                  target: [t, u]
                  features:
                    - {name: a, missing: median, indicator: true, normalize: robust}
                    - {name: b, type: boolean}
                    - {name: c, encoding: ordinal, categories: [low, mid, high]}
                    - {name: d, encoding: index, unseen: other}
                model: {layers: [4, auto]}
                training: {epochs: 3}
                """
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let trained = try Tool.run(["train", "s.yaml", "--quiet"], in: folder)
            try #require(trained.status == 0, "\(trained.errors)")
            let run = try Tool.run(["predict", "runs/s", "d.csv"], in: folder)
            #expect(run.output.hasPrefix("t,u,p.t,p.u\n"))
            let alone = try Tool.run(["predict", "runs/s/weights.json", "d.csv"], in: folder)
            #expect(alone.status == 0 && alone.output == run.output, "\(alone.errors)")
            // The parts that were measured in training are measured again to the same digits.
            let measured = try Tool.run(["evaluate", "runs/s", "--json"], in: folder)
            let kept = try String(contentsOfFile: folder + "/runs/s/evaluation.json", encoding: .utf8)
            for line in kept.split(separator: "\n") where line.contains("validation.") || line.contains("train.") {
                let member = line.trimmingCharacters(in: CharacterSet(charactersIn: " ,"))
                #expect(measured.output.contains(member), "\(member) of \(measured.output)")
            }
            // As written out in full, and on one thread, it gives the same bytes.
            let weights = try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json"))
            let again = try Tool.run(["render", "s.yaml"], in: folder)
            try again.output.write(toFile: folder + "/again.yaml", atomically: false, encoding: .utf8)
            #expect(try Tool.run(["train", "again.yaml", "--quiet", "--threads", "1"], in: folder).status == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json")) == weights)
        }
    }
}
