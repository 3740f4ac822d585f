import Datasets
import Diagnostics
import SpecLanguage
import Testing

/// Settings that the data make wrong, and numbers beyond the range.
@Suite struct SettingTests {
    /// Expects one error with this code, these words and this text under the caret.
    private func expectOne(
        _ file: String, _ data: String, _ rest: String = "", code: String, at place: String? = nil, line: Int? = nil, words: [String] = []
    ) throws {
        let sample = try Sample(["d.csv": file])
        let errors = try sample.refusal("path: d.csv, split: none, " + data, rest)
        #expect(errors.map(\.code) == [code], "\(errors.map(\.message))")
        guard let error = errors.first else { return }
        #expect(ExitStatus.of(errors) == 4)
        if let place { #expect(error.range?.text == place) }
        if let line {
            #expect(error.range?.file.name.hasSuffix("d.csv") == true)
            #expect(error.range?.start.line == line)
        }
        for word in words { #expect(error.words.contains(word), "\(error.words)") }
    }

    // MARK: Range

    static let endless = "x,y\n1,0\n2.5,5\n1e400,2\n4,3\n"

    @Test func beyondDoubleIsNoNumber() throws {
        try expectOne(Self.endless, "target: y", "task: regression", code: "E1201", at: "1e400", line: 4, words: ["out of range", "finite"])
        try expectOne("y,x\n1,0\n2.5,5\n-1e400,2\n", "target: y", code: "E1201", at: "-1e400", line: 4, words: ["target", "finite"])
        try expectOne("y,x\n1,0\n2.5,5\n1e400,2\n", "target: y", "loss: mse", code: "E1201", at: "1e400", line: 4)
        // Where labels are wanted it is a text like any other.
        let data = try Sample(["d.csv": "y,x\n1,0\n1e400,5\n1,2\n"]).prepare("path: d.csv, target: y, split: none", "task: classification")
        #expect(data.target == .classes(name: "y", classes: ["1", "1e400"]))
    }

    private func float32(_ text: String, _ data: String) throws -> [Diagnostic] {
        let sample = try Sample(["d.csv": text, "s.yaml": "nnspec: 1\ndata: {path: d.csv, split: none, \(data)}\nmodel: {layers: [auto]}\n"])
        let sink = DiagnosticSink()
        let spec = try SpecReader.read(path: sample.path("s.yaml"), sink: sink).spec
        #expect(throws: Stopped.self) { try DataPreparation.prepare(spec, sink: sink) }
        return sink.diagnostics
    }

    @Test(arguments: ["zscore", "none", "minmax"])
    func beyondFloatIsAnErrorAtItsCell(_ normalize: String) throws {
        let found = try float32("x,y\n1,0\n2.5,5\n-3.5e38,2\n4,3\n", "target: y, normalize: \(normalize)")
        #expect(found.map(\.code) == ["E1209"])
        #expect(found[0].range?.text == "-3.5e38" && found[0].range?.start.line == 4)
        #expect(found[0].fix?.contains("precision: float64") == true)
        let target = try float32("x,y\n1,0\n2.5,5\n3,1e39\n4,3\n", "target: y, normalize: \(normalize)")
        #expect(target.map(\.code) == ["E1209"])
        #expect(target[0].range?.text == "1e39" && target[0].range?.start.line == 4)
    }

    @Test func theLargestFloatIsANumber() throws {
        let sample = try Sample([
            "d.csv": "x,y\n1,0\n2.5,5\n3.4028234e38,2\n",
            "s.yaml": "nnspec: 1\ndata: {path: d.csv, split: none, target: y}\nmodel: {layers: [auto]}\n",
        ])
        let spec = try SpecReader.read(path: sample.path("s.yaml"), sink: sample.sink).spec
        #expect(try DataPreparation.prepare(spec, sink: sample.sink).train.rows == 3)
    }

    @Test func tooLargeToNormalizePointsAtTheLargest() throws {
        for normalize in ["minmax", "robust"] {
            try expectOne(
                "x,y\n-1e308,0\n-1e308,5\n1.5e308,2\n1e308,3\n", "target: y, normalize: \(normalize)", code: "E1210", at: "1.5e308", line: 4,
                words: ["normalize: none"])
        }
        // A mean and a deviation have room wherever the values have.
        let sample = try Sample(["d.csv": "x,y\n1.5e308,0\n-1.5e308,5\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize_target: zscore", "task: regression")
        #expect(data.preprocessing.features[0].kind == .number(normalize: .zscore, center: 0, scale: 1.5e308, fill: nil))
        #expect(data.train.inputs.doubles == [1, -1])
    }

    // MARK: Settings that do nothing

    @Test(arguments: ["unseen: other", "max_categories: 7"])
    func settingsOfCategories(_ setting: String) throws {
        let value = String(setting.split(separator: " ")[1])
        let file = "x,k,y\n1,u,0\n2,v,5\n3,u,2\n"
        try expectOne(file, "target: y, features: [{name: x, \(setting)}, k]", code: "E1217", at: value, words: ["`\(setting)`", "\"x\"", "numbers"])
        let sample = try Sample(["d.csv": file])
        _ = try sample.prepare("path: d.csv, split: none, target: y, features: [x, {name: k, \(setting)}]")
        #expect(sample.codes == [])
    }

    @Test func normalizeOfCategories() throws {
        let file = "x,y\nu,0\nv,5\nu,2\n"
        try expectOne(
            file, "target: y, features: [{name: x, normalize: minmax}]", code: "E1217", at: "minmax", words: ["normalize: minmax", "categories"])
        for data in ["features: [{name: x, normalize: none}]", "normalize: minmax", "features: [{name: x, max_categories: 100, unseen: error}]"] {
            let sample = try Sample(["d.csv": file])
            _ = try sample.prepare("path: d.csv, split: none, target: y, \(data)")
            #expect(sample.codes == [])
        }
    }

    @Test func settingsOfAnotherTask() throws {
        try expectOne(
            "x,y\n1,0\n2,5\n3,2\n", "target: y, classes: [0, 2, 5]", code: "E1306", at: "[0, 2, 5]", words: ["data.classes", "task: classification"])
        try expectOne(
            "x,y\n1,a\n2,b\n", "target: y, normalize_target: zscore", code: "E1307", at: "zscore", words: ["normalize_target", "classification"])
    }

    // MARK: kl_divergence

    @Test func distributions() throws {
        let loss = "loss: kl_divergence"
        let good = try Sample(["d.csv": "x,p,q\n1,0.2,0.8\n2,0.3333,0.6666\n3,0,1\n"])
        #expect(try good.prepare("path: d.csv, target: [p, q], split: none", loss).train.rows == 3)
        try expectOne("x,p,q\n1,0.2,0.8\n2,1.2,-0.2\n", "target: [p, q]", loss, code: "E1309", at: "-0.2", line: 3, words: ["\"q\" is negative"])
        try expectOne(
            "x,p,q\n1,0.2,0.8\n2,0.5,0.7\n3,2,3\n", "target: [p, q]", loss, code: "E1309", at: "0.5", line: 3,
            words: ["line 3", "p, q add up to 1.2", "2 rows"])
    }

    @Test func distributionsOfEvaluate() throws {
        let sample = try Sample(["d.csv": "x,p,q\n1,0.2,0.8\n2,0.3,0.7\n", "e.csv": "x,p,q\n1,0.2,0.5\n"])
        let data = try sample.prepare("path: d.csv, target: [p, q], split: none", "loss: kl_divergence")
        #expect(throws: Stopped.self) {
            try WholeFile.encode(
                ModelInput(sample.path("e.csv")), preprocessing: data.preprocessing, target: data.target, precision: .float64,
                comparesDistributions: true, sink: sample.sink)
        }
        #expect(sample.codes == ["E1309"])
        #expect(sample.sink.diagnostics.last?.fix == "divide the targets of each row by their sum")
    }

    // MARK: Labels among the features

    @Test func theAnswerAmongTheFeatures() throws {
        try expectOne("x,y\n1,a\n2,b\n", "target: y, features: [x, y]", code: "E1311", at: "y", words: ["the answer", "features"])
        let single = try Sample(["d.csv": "x,y\n1,4\n2,5\n3,1\n"])
        _ = try single.prepare("path: d.csv, split: none, target: y, features: [x, y]")
        #expect(single.codes == ["W0301"])
        let meant = try Sample(["d.csv": "x,y\n1,4\n2,5\n3,1\n"])
        _ = try meant.prepare("path: d.csv, split: none, target: y, features: [x, y]", "task: regression")
        #expect(meant.codes == [])
        let several = try Sample(["d.csv": "x,y\n1,4\n2,5\n3,1\n"])
        _ = try several.prepare("path: d.csv, split: none, target: [x, y], features: [x, y]")
        #expect(several.codes == [])
    }

    // MARK: Words

    @Test(arguments: ["x,y\r1,2\r", "x,y\r1,2\r3,4\r\n", "x,y,x\r1,2,3\r\n1,2,3\r\n", "x,\"y\r\"\r1,2\r\r\n"])
    func returnsOnly(_ file: String) throws {
        try expectOne(file, "target: y", code: "E1011", words: ["carriage return (CR) only", "tr '\\r' '\\n'"])
    }

    @Test(arguments: ["x,y\r\n1,2\r\n", "x,y\r\n1,2", "\"a\rb\",x,y\r\nu,1,2\r\nv,3,3\r\n", "x,y\n1,2\n\r\n", "x,y \r\n\r\n1,2\r\n"])
    func otherReturnsAreRead(_ file: String) throws {
        #expect(try Sample(["d.csv": file]).prepare("path: d.csv, target: y, split: none", "task: regression").train.rows > 0)
    }

    @Test func labelsThatAreNotListed() throws {
        for rest in ["", "task: binary"] {
            try expectOne(
                "x,y\n1,yes\n2,no\n3,no\n", "target: y, classes: [yes]", rest, code: "E1304", at: "no", line: 3,
                words: ["not in `data.classes`", "\"no\" (2 rows)", "line 3", "add them"])
        }
    }

    @Test func categoriesGivenByHand() throws {
        try expectOne(
            "x,y\nu,0\nv,5\nu,2\n", "target: y, features: [{name: x, categories: [u]}]", code: "E1208", at: "v", line: 3,
            words: ["the categories given are: u", "add it to `categories`"])
        let sample = try Sample(["a.csv": "x,y\nu,0\nu,5\nu,2\n", "b.csv": "x,y\nv,1\n"])
        let errors = try sample.refusal("train: a.csv, validation: b.csv, target: y, features: [{name: x, categories: [u]}]")
        #expect(errors.map(\.code) == ["E1208"])
        #expect(errors.first?.words.contains("the categories given are: u") == true)
    }

    @Test func howToLeaveAColumnOut() throws {
        let file = "x,k,y\n1,u,0\n2,v,5\n3,u,2\n"
        try expectOne(
            file, "target: y, features: [x, {name: k, max_categories: 1}]", code: "E1211", at: "1",
            words: ["remove \"k\" from the list of `features`"])
        try expectOne("x,k,y\n,u,0\n,v,5\n,u,2\n", "target: y, features: [x, k]", code: "E1206", words: ["remove \"x\" from the list"])
        try expectOne("x,k,y\n,u,0\n,v,5\n,u,2\n", "target: y", code: "E1206", words: ["exclude: [x]"])
    }

    @Test func missingFileOfTheCommandLine() throws {
        let sample = try Sample(["s.yaml": "nnspec: 1\ndata: {path: d.csv, target: y}\nmodel: {layers: [auto]}\n"])
        for (overrides, note) in [([], "relative to the folder of the spec file"), (["data.path=nope.csv"], "relative to the working directory")] {
            let sink = DiagnosticSink()
            let spec = try SpecReader.read(path: sample.path("s.yaml"), overrides: overrides, sink: sink).spec
            #expect(throws: Stopped.self) { try DataPreparation.checkFiles(spec, sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E1001"])
            #expect(sink.diagnostics[0].notes.joined().contains(note))
        }
    }

    // MARK: A trained model

    /// Words that would tell someone to edit a spec that is not at hand.
    private static let ofTheSpec = [
        "type: category", "precision: float64", "task:", "write `decimal", "list it", "`missing_values", "delimiter`", "header: false",
    ]

    @Test(arguments: [
        ("k,a\nu,foo\n", "E1201"), ("k,a\nu,1e400\n", "E1201"), ("k,a\nu,NA\n", "E1201"), ("k,a\nu,\"1,5\"\n", "E1201"), ("k,a\nu,1e39\n", "E1209"),
        ("k,a\nw,1\n", "E1208"), ("k;a\nu;1\n", "E1101"), ("1,2\nu,3\n", "E1101"), ("k,a\nu,1,2\n", "E1025"), ("k,a\n", "E1026"),
        ("k,a\nu,\n", "E1204"),
    ])
    func adviceIsAboutTheFile(_ file: String, _ code: String) throws {
        let sample = try Sample(["d.csv": "a,k,y\n1,u,p\n3,v,q\n", "new.csv": file])
        let data = try sample.prepare("path: d.csv, target: y, split: none")
        let sink = DiagnosticSink()
        #expect(throws: Stopped.self) {
            try WholeFile.encode(
                ModelInput(sample.path("new.csv")), preprocessing: data.preprocessing, target: nil, precision: .float32, sink: sink)
        }
        #expect(sink.diagnostics.first?.code == code, "\(sink.diagnostics)")
        for error in sink.diagnostics {
            for words in Self.ofTheSpec { #expect(!error.words.contains(words), "\(error.words)") }
        }
    }

    /// A model of `missing: drop_row` drops no rows later: which row was left out could not be told from the output.
    @Test func gapsOfAModelThatDroppedRows() throws {
        let sample = try Sample(["d.csv": "a,y\n1,p\n,p\n3,q\n", "new.csv": "a,y\n1,p\n,q\n2,q\n,p\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, missing: drop_row")
        let sink = DiagnosticSink()
        #expect(throws: Stopped.self) {
            try WholeFile.encode(
                ModelInput(sample.path("new.csv")), preprocessing: data.preprocessing, target: data.target, precision: .float64, sink: sink
            )
        }
        #expect(sink.diagnostics.map(\.code) == ["E1204"])
        let words = sink.diagnostics[0].words
        for part in ["2 missing values, the first in line 3", "lines 3, 5", "remove the rows with gaps from the file"] {
            #expect(words.contains(part), "\(words)")
        }
    }
}
