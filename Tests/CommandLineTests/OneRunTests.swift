import Foundation
import TestSupport
import Testing

/// All mistakes of a spec and its data in one run, in the order of the files, each told once.
@Suite struct OneRunTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let spec: String
        var files: [String: String] = [:]
        var words = ["train"]
        var status: Int32 = 3
        /// `file:line:column code`.
        let found: [String]
    }

    private static let model = "model: {layers: [8, auto]}\n"

    static let samples: [Sample] = [
        Sample(
            testDescription: "a wrong value does not hide a missing file",
            spec: "nnspec: 1\ndata: {path: flower.csv, target: species}\n" + model + "training: {epochs: x}\n",
            found: ["a.yaml:2:14 E1001", "a.yaml:4:20 E0204"]),
        Sample(
            testDescription: "nor columns that are not in the header",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: speces, exclude: [wdth]}\n" + model + "training: {epochs: x}\nlr: 1\n",
            found: ["a.yaml:2:35 E1101", "a.yaml:2:53 E1101", "a.yaml:4:20 E0204", "a.yaml:5:1 E0201"]),
        Sample(
            testDescription: "nor what the rows and the network say",
            spec: """
                nnspec: 1
                data: {path: flowers.csv, target: species, features: [length, {name: color, normalize: minmax}]}
                model: {input: 9, layers: [8, 5]}
                training: {epochs: x, monitor: validation.loss}
                class_weights: {sestosa: 3, tulip: 1}
                metrics: [rmse, accuracy, mae]
                """,
            found: [
                "a.yaml:2:88 E1217", "a.yaml:3:16 E1801", "a.yaml:3:31 E1802", "a.yaml:4:20 E0204", "a.yaml:5:17 E1903", "a.yaml:5:29 E1903",
                "a.yaml:6:17 E0345",
            ]),
        Sample(
            testDescription: "a right spec against its data",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: species}\n"
                + "model: {input: 9, layers: [8, 5]}\nclass_weights: {sestosa: 3}\nmetrics: [rmse, mae]\n", status: 4,
            found: ["a.yaml:3:16 E1801", "a.yaml:3:31 E1802", "a.yaml:4:17 E1903", "a.yaml:5:11 E1905", "a.yaml:5:17 E1905"]),
        Sample(
            testDescription: "check looks at headers, not at rows",
            spec: "nnspec: 1\ndata: {path: t.csv, target: y, features: [a, b]}\n" + model + "seed: x\n",
            files: ["t.csv": "a,y\nnot,\"a table\n"], words: ["check"], found: ["a.yaml:2:46 E1101", "a.yaml:4:7 E0204"]),
        Sample(
            testDescription: "check --data looks at rows",
            spec: "nnspec: 1\ndata: {path: t.csv, target: y}\n" + model + "training: {batch_size: 0}\n",
            files: ["t.csv": "a,b,y\n1,2,u\nx,,v\n"], words: ["check", "--data"], found: ["a.yaml:4:24 E0205", "t.csv:3:1 E1202", "t.csv:3:3 E1203"]),
        Sample(
            testDescription: "every file is looked at, whatever is wrong with another",
            spec: "nnspec: 1\ndata: {train: flowers.csv, validation: v.csv, test: t.csv, target: species}\n" + model,
            files: ["v.csv": "length,width,color,species\n1,2,red,lily\n", "t.csv": "length,width,color,weight,species\nx,1,red,2\n"], status: 4,
            found: ["a.yaml:2:40 E1101", "t.csv:2:1 E1025"]),
        Sample(
            testDescription: "the rows of all files", spec: "nnspec: 1\ndata: {train: a.csv, validation: v.csv, test: n.csv, target: y}\n" + model,
            files: ["a.csv": "a,b,y\n1,2,u\nx,2,v\n", "v.csv": "a,b,y\n1,z,u\n2,3,\n"], status: 4,
            found: ["a.yaml:2:47 E1001", "a.csv:3:1 E1202", "v.csv:2:3 E1201", "v.csv:3:5 E1205"]),
        Sample(
            testDescription: "a base that cannot be read hides nothing of the file itself",
            spec: "nnspec: 1\nextends: b.yaml\ndata: {path: nope.csv}\nmodel: {layers: [8, 5], inputt: 9}\n",
            files: ["b.yaml": "nnspec: 1\ndata: {target: a\n"],
            found: ["a.yaml:3:14 E1001", "a.yaml:4:25 E0201", "b.yaml:2:7 E0101"]),
        Sample(
            testDescription: "what is wrong with YAML and can be left out",
            spec: """
                nnspec: 1
                data: {path: nope.csv, target: !!str y}
                model: {layers: [8, *five], input: x}
                seed: {{ seed }}
                optimizer: {<<: *x, momentun: 0.9}
                seed: 4
                ---
                zz: 1
                """,
            found: [
                "a.yaml:2:14 E1001", "a.yaml:2:32 E0107", "a.yaml:3:21 E0109", "a.yaml:3:36 E0204", "a.yaml:4:8 E0108", "a.yaml:5:13 E0106",
                "a.yaml:5:17 E0109", "a.yaml:5:21 E0201", "a.yaml:6:1 E0105", "a.yaml:7:1 E0104",
            ]),
        Sample(
            testDescription: "initial weights that cannot be read",
            spec: "nnspec: 1\ndata: {path: nope.csv, target: species}\n"
                + "model: {initial_weights: w.json, layers: [8, auto]}\nseed: x\n", words: ["check"],
            found: ["a.yaml:2:14 E1001", "a.yaml:3:26 E1701", "a.yaml:4:7 E0204"]),
        Sample(
            testDescription: "nor that are none",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: Species}\n"
                + "model: {initial_weights: w.json, layers: [8, auto]}\n", files: ["w.json": "{"], words: ["check"], status: 4,
            found: ["w.json:1:2 E1703", "a.yaml:2:35 E1101"]),
        // One mistake, one message.
        Sample(
            testDescription: "a delimiter that is none says nothing about columns",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: nothing, delimiter: ab}\n" + model, found: ["a.yaml:2:55 E0204"]),
        Sample(
            testDescription: "a decimal comma beside a delimiter comma either",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: nothing, decimal: \",\"}\n" + model, found: ["a.yaml:2:53 E0328"]),
        Sample(
            testDescription: "a target that is none is no column",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: {a: b}, features: [lenght]}\n" + model,
            found: ["a.yaml:2:35 E0204", "a.yaml:2:54 E1101"]),
        Sample(
            testDescription: "a wrong split is not divided by",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: species, split: {validation: 2}}\n" + model,
            found: ["a.yaml:2:64 E0205"]),
        Sample(
            testDescription: "two files of one path are not opened",
            spec: "nnspec: 1\ndata: {path: nope.csv, train: nope2.csv, target: species}\n" + model, found: ["a.yaml:2:31 E0302"]),
        Sample(
            testDescription: "a wrong task decides nothing",
            spec: "nnspec: 1\ntask: clasification\ndata: {path: flowers.csv, target: weight, classes: [a]}\n" + model,
            found: ["a.yaml:2:7 E0204"]),
        Sample(
            testDescription: "a layer that is wrong is not held against the classes",
            spec: "nnspec: 1\ndata: {path: flowers.csv, target: species}\nmodel: {layers: [x, 5]}\n", found: ["a.yaml:3:18 E0210"]),
        Sample(
            testDescription: "a value that an alias brings twice is told once",
            spec: "nnspec: 1\nx-a: &a {unitz: 3}\ndata: {path: flowers.csv, target: species}\nmodel: {layers: [{dense: *a}, {dense: *a}, auto]}\n",
            found: ["a.yaml:2:10 E0201"]),
        Sample(
            testDescription: "after a syntax error nothing of the file is known, and what is said on the command line is",
            spec: "nnspec: 1\ndata: {path: nope.csv, target: species\n" + model, words: ["train", "--set", "seed"],
            found: ["a.yaml:3:6 E0101", "--set:1:1 E0141"]),
    ]

    @Test(arguments: samples) func allAreTold(_ sample: Sample) throws {
        try withFolder { folder in
            var files = sample.files
            files["a.yaml"] = sample.spec
            files["flowers.csv"] = ExampleFolder.flowers
            for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8) }
            let tool = try Tool.run([sample.words[0], "a.yaml", "--json"] + sample.words.dropFirst(), in: folder)
            let found = try #require(FoundDiagnostic.all(tool.output), "\(tool.errors)")
            #expect(found.map { "\($0.file ?? ""):\($0.line ?? 0):\($0.column ?? 0) \($0.code)" } == sample.found, "\(tool.errors)")
            #expect(tool.status == sample.status)
        }
    }

    /// Of several layers that do not fit the initial weights each is told of, and none that only follows from another.
    @Test func initialWeightsOfOtherShapes() throws {
        try withFolder { folder in
            try ExampleFolder.flowers.write(toFile: folder + "/flowers.csv", atomically: false, encoding: .utf8)
            func write(_ layers: String) throws {
                let text = "nnspec: 1\ndata: {path: flowers.csv, target: species}\nmodel: {layers: \(layers)}\ntraining: {epochs: 0}\n"
                try text.write(toFile: folder + "/a.yaml", atomically: false, encoding: .utf8)
            }
            try write("[8, 6, 4, auto]")
            try #require(try Tool.run(["train", "a.yaml", "--quiet"], in: folder).status == 0)
            for (layers, columns) in [
                ("[8, 6, 4, auto]", []), ("[9, 6, 4, auto]", [18]), ("[9, 6, 5, auto]", [18, 24]),
                ("[8, 6, {dense: {units: 4, name: new}}, auto]", [24]),
                ("[8, {dense: {units: 6, bias: false}}, 5, auto]", [21, 55]),
            ] as [(String, [Int])] {
                try write(layers)
                for command in [["check", "--data"], ["train"]] {
                    let words = [command[0], "a.yaml", "--json", "--set", "model.initial_weights=runs/a/weights.json"] + command.dropFirst()
                    let tool = try Tool.run(words, in: folder)
                    let found = try #require(FoundDiagnostic.all(tool.output), "\(tool.errors)").filter { $0.severity == "error" }
                    #expect(found.compactMap(\.column) == columns, "\(layers): \(tool.errors)")
                    #expect(tool.status == (columns.isEmpty ? 0 : 4))
                }
                try write("[8, 6, 4, auto]")
                _ = try Tool.run(["train", "a.yaml", "--quiet"], in: folder)
            }
        }
    }

    /// People see so many of them and the number of the others, programs all.
    @Test func manyAreCounted() throws {
        try withFolder { folder in
            let keys = (0..<300).map { "key\($0): 1\n" }.joined()
            try ("nnspec: 1\ndata: {path: nope.csv, target: y}\n" + Self.model + keys).write(
                toFile: folder + "/a.yaml", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["check", "a.yaml", "--json"], in: folder)
            #expect(tool.status == 3 && tool.errors.hasSuffix("... and 250 more\n"))
            #expect(FoundDiagnostic.all(tool.output)?.count == 300)
        }
    }
}
