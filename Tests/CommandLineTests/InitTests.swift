import Foundation
import TestSupport
import Testing

/// `nnspec init`: whatever it drafts passes check and train, and where it can draft nothing it says why.
@Suite struct InitTests {
    static let tables: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: Repository.root + "/specs/data")) ?? [])
        .filter { $0.hasSuffix(".csv") }.sorted()

    private func write(_ text: String, _ path: String) throws { try text.write(toFile: path, atomically: false, encoding: .utf8) }

    private func runs(_ spec: String, in folder: String) throws {
        let check = try Tool.run(["check", spec, "--data"], in: folder)
        #expect(check.status == 0, "\(check.errors)")
        let train = try Tool.run(["train", spec, "--set", "training.epochs=2", "--output", "out", "--quiet"], in: folder)
        #expect(train.status == 0 && !train.errors.contains("error"), "\(train.errors)")
    }

    /// Rows of a table in which the class follows from x.
    private static func table(_ header: String, rows: Int = 60, _ row: (Int) -> String) -> String {
        header + "\n" + (0..<rows).map { row($0) + "\n" }.joined()
    }

    @Test(arguments: tables) func draftsOfTheExamplesTrain(_ table: String) throws {
        try withFolder { folder in
            let data = "\(Repository.root)/specs/data/\(table)"
            let tool = try Tool.run(["init", data], in: folder)
            try #require(tool.status == 0 && tool.errors == "", "\(tool.errors)")
            try write(tool.output, folder + "/draft.yaml")
            try runs("draft.yaml", in: folder)
            let again = try Tool.run(["init", data], in: folder)
            #expect(again.output == tool.output)
            // Every setting has its reason: on its line, or in the comment above it.
            let lines = tool.output.split(separator: "\n").map(String.init)
            for (index, line) in lines.enumerated() where line.contains(": ") && !line.hasPrefix("nnspec:") {
                #expect(line.contains("#") || lines[index - 1].contains("#"), "\(line)")
            }
        }
    }

    @Test func allExamplesAreThere() { #expect(Self.tables.count >= 7) }

    @Test func targetsAreGuessed() throws {
        for (name, target) in [("penguins", "species"), ("diabetes", "progression"), ("digits", "digit"), ("xor", "y")] {
            let tool = try Tool.run(["init", "specs/data/\(name).csv"], in: Repository.root)
            #expect(tool.output.contains("\n  target: \(target) "), "\(tool.output)")
            #expect(tool.output.contains("\n  path: specs/data/\(name).csv "))
        }
        let asked = try Tool.run(["init", "specs/data/penguins.csv", "--target", "sex"], in: Repository.root)
        #expect(asked.status == 4 && asked.errors.contains("no value in 11 of 344 rows") && asked.errors.contains("line 5"), "\(asked.errors)")
        let wrong = try Tool.run(["init", "specs/data/penguins.csv", "--target", "spezies"], in: Repository.root)
        #expect(wrong.status == 4 && wrong.errors.contains("did you mean `--target species`"), "\(wrong.errors)")
    }

    @Test func severalTargetsAreAskedFor() throws {
        try withFolder { folder in
            let rows = Self.table("x,old,warm,kind,a,b") {
                "\($0 % 7),\(["yes", "no"][$0 % 2]),\($0 / 3 % 2),\(["u", "v"][$0 % 2]),\($0 % 5).5,\($0 % 9).5"
            }
            try write(rows, folder + "/d.csv")
            for (targets, says) in [
                (["old", "warm"], "task: multilabel"), (["a", "b"], "regression of 2 numbers"), (["kind"], "target: kind"),
                (["b", "b"], "target: b"),
            ] {
                let tool = try Tool.run(["init", "d.csv"] + targets.flatMap { ["--target", $0] }, in: folder)
                #expect(tool.status == 0 && tool.output.contains(says), "\(tool.output) \(tool.errors)")
                try write(tool.output, folder + "/draft.yaml")
                try runs("draft.yaml", in: folder)
            }
            let json = try Tool.run(["init", "d.csv", "--json", "--target", "old", "--target", "warm"], in: folder)
            #expect(json.output.contains("\"targets\": [\"old\", \"warm\"]"), "\(json.output)")
            let mixed = try Tool.run(["init", "d.csv", "--target", "old", "--target", "a", "--target", "kind"], in: folder)
            #expect(mixed.status == 4 && mixed.errors.contains("E1610"), "\(mixed.errors)")
            #expect(mixed.errors.contains("old holds true and false") && mixed.errors.contains("kind holds texts"), "\(mixed.errors)")
        }
    }

    struct Draft: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var file = "data.csv"
        let data: String
        let says: [String]
    }

    static let drafts: [Draft] = [
        Draft(
            testDescription: "ids and names", data: table("id,name,x,kind,y") { "\($0 + 7),n\($0),\($0 % 7),\(["a", "b"][$0 % 2]),\($0 % 9).5" },
            says: ["exclude:", "- id  ", "- name  ", "an id", "kind (2)", "normalize_target: zscore", "The task: regression"]),
        Draft(
            testDescription: "an index without a name", data: table(",x,y") { "\($0),\($0 % 7),\(["a", "b"][$0 % 2])" },
            says: ["- \"\"  ", "it counts the rows"]),
        Draft(
            testDescription: "few gaps", data: table("x,z,y") { "\($0 == 5 ? "NA" : "\($0 % 7)"),\($0 % 4),\(["a", "b"][$0 % 2])" },
            says: ["missing_values: [NA]", "missing: drop_row", "gaps in 1 of 60 rows"]),
        Draft(
            testDescription: "gaps among numbers", data: table("x,z,y") { "\($0 % 4 == 0 ? "" : "\($0 % 7)"),\($0 % 5),\(["a", "b"][$0 % 2])" },
            says: ["missing_values: [\"\"]", "missing: median", "  indicator: true  "]),
        Draft(
            testDescription: "gaps among categories", data: table("c,z,y") { "\(["?", "r", "g"][$0 % 3]),\($0 % 5),\(["a", "b"][$0 % 2])" },
            says: ["missing_values: [\"?\"]", "missing: mode", "  indicator: true  "]),
        Draft(
            testDescription: "gaps in both",
            data: table("x,c,y") { "\($0 % 4 == 0 ? "null" : "\($0 % 7)"),\(["NaN", "r", "g"][$0 % 3]),\(["a", "b"][$0 % 2])" },
            says: ["missing_values: [\"null\", \"NaN\"]", "{name: x, missing: median, indicator: true}", "{name: c, missing: mode, indicator"]),
        Draft(
            testDescription: "penguins with many gaps",
            data: table("species,island,bill,mass,sex") {
                let (bill, mass) = ($0 % 5 == 0 ? "NA" : "\(30 + $0 % 17).5", $0 % 6 == 0 ? "NA" : "\(3000 + 13 * ($0 % 41))")
                return "\(["Adelie", "Gentoo"][$0 % 2]),\(["Dream", "Biscoe"][$0 / 2 % 2]),\(bill),\(mass),\(["male", "NA", "female"][$0 % 3])"
            },
            says: [
                "target: species", "missing_values: [NA]", "{name: bill, missing: median, indicator: true}",
                "{name: sex, missing: mode, indicator: true}",
                "{name: sex, missing: mode", "- {name: island}",
            ]),
        Draft(
            testDescription: "true and false, with gaps",
            data: table("x,smoker,member,y") {
                "\($0 % 7),\(["yes", "no", "No", ""][$0 % 4]),\(["TRUE", "FALSE"][$0 / 3 % 2]),\(["a", "b"][$0 % 2])"
            },
            says: [
                "missing: mode  ", "{name: smoker, type: boolean}", "  indicator: true  ", "{name: member, type: boolean}", "true or false",
            ]),
        Draft(
            testDescription: "numbers but for one text",
            data: table("x,z,y") { "\($0 == 31 ? "inf" : "\($0).25"),\($0 % 5),\(["a", "b"][$0 % 2])" },
            says: ["    - x\n", "numbers but for texts such as inf in line 33", "missing_values"]),
        Draft(
            testDescription: "labels by their names",
            data: table("x,label_red,label_blue,z,label_old") { "\($0 % 7),\($0 % 2),\($0 / 2 % 2),\($0 % 5),\($0 % 3 == 0 ? 1 : 0)" },
            says: [
                "task: multilabel", "target: [label_red, label_blue, label_old]",
                "Labels and the rows that have them: label_red (30), label_blue (30), "
                    + "label_old (20)", "auto: one per label",
            ]),
        Draft(
            testDescription: "labels in words",
            data: table("x,tag.a,tag.b") { "\($0 % 7),\(["yes", "no"][$0 % 2]),\(["no", "yes", "no"][$0 % 3])" },
            says: ["task: multilabel", "target: [tag.a, tag.b]"]),
        Draft(
            testDescription: "several numbers",
            data: table("x,z,y1,y2") { "\($0 % 7),\($0 % 5),\($0 % 9).5,\($0 % 11).25" },
            says: ["regression of 2 numbers", "target: [y1, y2]", "normalize_target: zscore  ", "the targets' own units"]),
        Draft(
            testDescription: "names that only look like several targets",
            data: table("y1,y2,kind") { "\($0 % 7).5,\(["u", "v"][$0 % 2]),\(["a", "b"][$0 / 2 % 2])" },
            says: ["target: kind"]),
        Draft(
            testDescription: "an id in any order", data: table("key,x,y") { "\(($0 * 7) % 60 + 500),\($0 % 7),\(["a", "b"][$0 % 2])" },
            says: ["- key  ", "it counts the rows"]),
        Draft(
            testDescription: "a column without values", data: table("x,e,y") { "\($0 % 7),,\(["a", "b"][$0 % 2])" },
            says: ["- e  ", "no row has a value here"]),
        Draft(
            testDescription: "a category that training may not see",
            data: table("x,c,y") { "\($0 % 7),\($0 == 9 ? "once" : "r"),\(["a", "b"][$0 % 2])" },
            says: ["{name: c, unseen: other}"]),
        Draft(
            testDescription: "numbers among texts", data: table("x,c,y") { "\($0 % 7),\(["1", "2", "big"][$0 % 3]),\(["a", "b"][$0 % 2])" },
            says: ["{name: c, type: category}"]),
        Draft(
            testDescription: "semicolons and decimal commas", data: table("x;z;y") { "\($0 % 7),5;\($0 % 4);\(["a", "b"][$0 % 2])" },
            says: ["delimiter: \";\"", "decimal: \",\""]),
        Draft(
            testDescription: "no header", data: table("1.5,2,a") { "\($0 % 7).5,\($0 % 4),\(["a", "b"][$0 % 2])" },
            says: ["header: false", "target: c2"]),
        Draft(
            testDescription: "years as names", data: table("2019,2020,2021") { "\($0 % 7).5,\($0 % 4),\($0 % 11).25" },
            says: ["target: \"2021\""]),
        Draft(
            testDescription: "a comment", data: "# measured by hand\n" + table("x,z,y") { "\($0 % 7),\($0 % 4),\(["a", "b"][$0 % 2])" },
            says: ["comment: \"#\""]),
        Draft(
            testDescription: "tabs in a file of unknown ending", file: "data.txt",
            data: table("x\tz\ty") { "\($0 % 7)\t\($0 % 4)\t\(["a", "b"][$0 % 2])" }, says: ["format: csv", "delimiter: \"\\t\""]),
        Draft(
            testDescription: "tsv", file: "data.tsv", data: table("x\tz\ty") { "\($0 % 7)\t\($0 % 4)\t\(["a", "b"][$0 % 2])" },
            says: ["path: data.tsv"]),
        Draft(
            testDescription: "names that are no plain YAML",
            data: table("\"a: b\",\"c #d\",\"e\nf\",\"g\u{2028}h\",null,\"- q\"") {
                "\($0 % 7),\(["", "r", "g"][$0 % 3]),\(["u", "v"][$0 / 2 % 2]),1,\($0 % 5),\(["a", "b"][$0 % 2])"
            }, says: ["target: \"- q\"", "- \"g\\u2028h\""]),
        Draft(
            testDescription: "unequal classes", data: table("x,z,y") { "\($0 % 7),\($0 % 4),\($0 % 10 == 0 ? "a" : "b")" },
            says: ["# class_weights: balanced", "6 of 60 rows"]),
        Draft(
            testDescription: "classes called None, none, null and true",
            data: table("x,z,kind") { "\($0 % 7),\($0 % 5),\(["None", "none", "null", "true"][$0 % 4])" },
            says: ["Classes and their rows: None (15), none (15), null (15), true (15)"]),
        Draft(
            testDescription: "two classes called null and true", data: table("x,z,y") { "\($0 % 7),\($0 % 5),\(["null", "true"][$0 % 2])" },
            says: ["null (30), true (30)"]),
        Draft(
            testDescription: "a class called null beside gaps",
            data: table("x,z,y") { "\($0 % 6 == 0 ? "NA" : "1"),\($0 % 5),\(["null", "b"][$0 % 2])" },
            says: ["b (30), null (30)"]),
        Draft(
            testDescription: "categories and columns called None, none, null and true",
            data: table("none,null,true,y") { "\($0 % 7),\(["None", "none", "true"][$0 % 3]),\($0 % 5),\(["yes", "no"][$0 % 2])" },
            says: ["no (30), yes (30)"]),
        Draft(testDescription: "hardly any rows", data: "x,z,y\n1,2,a\n2,1,b\n3,3,a\n", says: ["split: none"]),
    ]

    @Test(arguments: drafts) func aDraftTrains(_ draft: Draft) throws {
        try withFolder { folder in
            try write(draft.data, "\(folder)/\(draft.file)")
            let tool = try Tool.run(["init", draft.file, "--output", "draft.yaml"], in: folder)
            try #require(tool.status == 0, "\(tool.errors)")
            #expect(tool.errors == "" && tool.output.contains("nnspec train draft.yaml"))
            let text = try String(contentsOfFile: folder + "/draft.yaml", encoding: .utf8)
            for words in draft.says { #expect(text.contains(words), "\(text)") }
            try runs("draft.yaml", in: folder)
        }
    }

    /// A class keeps its name through training, weights and predictions.
    @Test func namesOfClassesAreKept() throws {
        try withFolder { folder in
            let names = ["None", "none", "null", "true"]
            try write(Self.table("x,z,kind") { "\($0 % 7),\($0 % 5),\(names[$0 % 4])" }, folder + "/data.csv")
            #expect(try Tool.run(["init", "data.csv", "--output", "draft.yaml"], in: folder).status == 0)
            #expect(try Tool.run(["train", "draft.yaml", "--set", "training.epochs=1", "--quiet"], in: folder).status == 0)
            let tool = try Tool.run(["predict", "runs/draft", "data.csv"], in: folder)
            #expect(tool.output.hasPrefix("kind,p.None,p.none,p.null,p.true\n"), "\(tool.output.prefix(100))\(tool.errors)")
            #expect(try Tool.run(["train", "runs/draft/spec.resolved.yaml", "--quiet"], in: folder).status == 0)
        }
    }

    @Test(
        arguments: [
            ("", "is empty"), ("x,y\n", "has a header but no rows"), ("y\n1\n2\n3\n", "has one column, y"),
            ("x,y\n1,a\n2,a\n3,a\n", "holds one class only, a"), ("x,y\n1,5\n2,5\n3,5\n", "holds one class only, 5"),
            ("x,y\n1,\n2,\n3,\n", "has no value in 3 of 3 rows"), ("x,y\n1,a\n2,?\n3,b\n", "the first in line 3"),
            ("e,y\n,a\n,b\n,a\n", "no column of data.csv is left to predict y from"),
            ("a,b\n1,2\n3\n", "line 3 of data.csv has 1 field"), ("a,a\n1,2\n", "duplicate column name"),
            ("a,y\n\"1,2\n", "never closed"), ("x,y\n1,1e300\n2,2\n3,5\n", "beyond the range of float32"),
            ("a\u{0}b", "NUL byte"), ("id,name\n1,p\n2,q\n3,r\n", "no column of data.csv can be a target"),
        ] as [(String, String)])
    func whatCannotRunIsRefused(data: String, says: String) throws {
        try withFolder { folder in
            try write(data, folder + "/data.csv")
            let tool = try Tool.run(["init", "data.csv", "--output", "draft.yaml"], in: folder)
            #expect(tool.status == 4 && tool.output == "", "\(tool.output)")
            #expect(tool.errors.contains(says), "\(tool.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/draft.yaml"))
        }
    }

    @Test func nothingIsOverwritten() throws {
        try withFolder { folder in
            try write("x,z,y\n1,2,a\n2,1,b\n", folder + "/data.csv")
            try write("mine", folder + "/mine.yaml")
            let tool = try Tool.run(["init", "data.csv", "--output", "mine.yaml"], in: folder)
            #expect(tool.status == 2 && tool.errors.contains("overwrites nothing"), "\(tool.errors)")
            #expect(try String(contentsOfFile: folder + "/mine.yaml", encoding: .utf8) == "mine")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["data.csv", "mine.yaml"])
        }
    }

    @Test func pathsAreThoseOfTheSpecsFolder() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/raw data", withIntermediateDirectories: true)
            try write("x,z,y\n1,2,a\n2,1,b\n3,3,a\n", folder + "/raw data/my table.csv")
            let tool = try Tool.run(["init", "raw data/my table.csv", "--output", "specs/new/my draft.yaml"], in: folder)
            try #require(tool.status == 0, "\(tool.errors)")
            let text = try String(contentsOfFile: folder + "/specs/new/my draft.yaml", encoding: .utf8)
            #expect(text.contains("path: \"../../raw data/my table.csv\"") && text.contains("name: my_draft"), "\(text)")
            try runs("specs/new/my draft.yaml", in: folder)
            let beside = try Tool.run(["init", "my table.csv"], in: folder + "/raw data")
            #expect(beside.output.contains("path: \"my table.csv\""))
        }
    }

    @Test func jsonAndQuiet() throws {
        try withFolder { folder in
            try write("x,z,y\n1,2,a\n2,1,b\n3,3,a\n", folder + "/data.csv")
            let json = try Tool.run(["init", "data.csv", "--json"], in: folder)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(object["target"] as? String == "y" && object["file"] is NSNull)
            let plain = try Tool.run(["init", "data.csv", "--quiet"], in: folder)
            #expect(object["spec"] as? String == plain.output && plain.output.contains("nnspec: 1"))
            let quiet = try Tool.run(["init", "data.csv", "--output", "d.yaml", "--quiet"], in: folder)
            #expect(quiet.status == 0 && quiet.output == "" && quiet.errors == "")
        }
    }
}
