import Datasets
import Diagnostics
import SpecLanguage
import Testing

@Suite struct MessageTests {
    /// A file, what is wrong with it, the line in it (0: the place is in the spec or nowhere), and words of the message.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var file: String
        var code: String
        var line = 0
        var words: [String]
        var data = "path: d.csv, target: y, split: none"
        var rest = ""
        var testDescription: String { "\(code) \(words)" }
    }

    static let files: [Mistake] = [
        Mistake(file: "", code: "E1005", words: ["empty: 0 bytes"]),
        Mistake(file: "\n \r\n\n", code: "E1005", words: ["blank"]),
        Mistake(file: "\u{1F}\u{8B}\u{8}", code: "E1101", words: ["y"]),
        Mistake(file: "PK\u{3}\u{4}", code: "E1007", words: ["zip"]),
        Mistake(file: "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", code: "E1008", words: ["git lfs pull"]),
        Mistake(file: "\n<!DOCTYPE html>\n<html>", code: "E1009", words: ["HTML page"]),
        Mistake(file: "x,y\r1,2\r", code: "E1011", words: ["carriage return"]),
        Mistake(file: "x,y\n1,2\u{0}\n", code: "E1012", line: 2, words: ["NUL"]),
        Mistake(file: "x,y\n", code: "E1026", words: ["header but no rows", "x, y"]),
        Mistake(file: "# a\n#b\n", code: "E1020", words: ["comment"], data: "path: d.csv, target: y, comment: \"#\""),
        Mistake(file: "x,y\n1,2\n2,\"4\n3,6\n", code: "E1021", line: 3, words: ["quote", "line 3"]),
        Mistake(file: "x,y\n\"1\"0,2\n", code: "E1022", line: 2, words: ["quote", "line 2"]),
        Mistake(file: "y,x,x\n1,2,3\n", code: "E1024", line: 1, words: ["duplicate", "\"x\"", "2 and 3"]),
        Mistake(file: "x,y\n1,2\n1,2,3\n\n4\n", code: "E1025", line: 3, words: ["3 fields", "expected 2", "3, 5", "x, y"]),
        Mistake(file: "x,Y\n1,2\n", code: "E1101", words: ["\"y\"", "x, Y", "upper and lower case"]),
        Mistake(file: "1.5,2.5,a\n1,2,b\n", code: "E1101", words: ["1.5, 2.5, a", "header: false"]),
        Mistake(file: "a;y\n1;2\n", code: "E1101", words: ["delimiter"]),
        Mistake(file: "y\n1\n", code: "E1102", words: ["no column", "left"]),
    ]

    static let values: [Mistake] = [
        Mistake(file: "x,y\n1,2\nfoo,4\n3,4\n", code: "E1202", line: 3, words: ["\"foo\"", "\"x\"", "type: category", "missing_values"]),
        Mistake(file: "x,y\nu,2\nv,4\n3,4\n", code: "E1202", line: 4, words: ["\"3\"", "a number among texts"]),
        Mistake(file: "x,y\n1,2\n\n1,\n", code: "E1205", line: 4, words: ["target", "\"y\"", "never applied"]),
        Mistake(file: "x,y\n1,2\n,3\n", code: "E1203", line: 3, words: ["1 missing value", "missing: drop_row"]),
        Mistake(file: "x,y\n,2\n,3\n,4\n", code: "E1206", line: 1, words: ["no value in 3 rows"]),
        Mistake(
            file: "x,y\nu,2\nv,3\nw,4\n", code: "E1211", words: ["3 categories", "max_categories: 2"],
            data: "path: d.csv, target: y, split: none, features: [{name: x, max_categories: 2}]"),
        Mistake(
            file: "x,y\nu,2\n,3\nw,4\n", code: "E1212", words: ["mean", "categories"], data: "path: d.csv, target: y, split: none, missing: mean"),
        Mistake(
            file: "x,y\n1,2\n,3\n3,4\n", code: "E1213", words: ["constant: abc"],
            data: "path: d.csv, target: y, split: none, missing: {constant: abc}"),
        Mistake(
            file: "x,y\n1e308,2\n-1e308,3\n1e308,3\n", code: "E1210", line: 2, words: ["too large"],
            data: "path: d.csv, target: y, split: none, normalize: minmax"),
        Mistake(file: "x,y\n1,a\n2,a\n", code: "E1302", words: ["one class", "\"a\"", "2 rows"]),
        Mistake(file: "x,y\n1,a\n2,b\n2,c\n", code: "E1303", words: ["2 classes", "has 3", "a, b, c"], rest: "task: binary"),
        Mistake(
            file: "x,y\n1,a\n2,b\n2,c\n", code: "E1304", line: 4, words: ["\"c\" (1 row)", "a, b"], data: "path: d.csv, target: y, classes: [a, b]"),
        Mistake(
            file: "x,y\n1,1\n2,2\n3,3\n", code: "E1401", words: ["validation", "3 rows", "train 3"],
            data: "path: d.csv, target: y, split: {train: 0.9, validation: 0.1}"),
        Mistake(
            file: "x,y\n1,1\n2,2\n3,3\n", code: "E1402", words: ["stratified", "one target"],
            data: "path: d.csv, target: y, split: {validation: 0.5, method: stratified}"),
        Mistake(
            file: "x,y\n1,1\n,2\n", code: "E1201", line: 3, words: ["\"\"", "not a number"],
            data: "path: d.csv, target: y, split: none, missing_values: [], features: [{name: x, type: number}]"),
        Mistake(file: "x,y\n1,1\n2,a\n", code: "E1201", line: 3, words: ["\"a\"", "task: classification"], rest: "task: regression"),
        Mistake(file: "e\u{301},y\n\u{E9},1\ne\u{301},2\n", code: "E1216", words: ["Unicode"]),
    ]

    @Test(arguments: files + values)
    func oneMessage(_ mistake: Mistake) throws {
        let sample = try Sample(["d.csv": mistake.file])
        let errors = try sample.refusal(mistake.data, mistake.rest)
        #expect(errors.map(\.code) == [mistake.code], "\(errors.map(\.message))")
        guard let error = errors.first else { return }
        for word in mistake.words { #expect(error.words.contains(word), "\(error.words)") }
        if mistake.line > 0 {
            #expect(error.range?.file.name.hasSuffix("d.csv") == true)
            #expect(error.range?.start.line == mistake.line)
        } else {
            #expect(error.range?.file.name.hasSuffix("d.csv") != true || mistake.code == "E1216")
            #expect(
                error.words.contains("d.csv") || error.words.contains("method") || error.words.contains("constant") || error.words.contains("empty"))
        }
        #expect(ExitStatus.of(errors) == 4)
    }

    @Test(arguments: [
        ("NA", "missing_values"), ("?", "missing_values"), ("1,5", "decimal"), ("1.234,56", "decimal"), ("1,234.5", "thousands"),
        ("1 234", "thousands"),
        ("12%", "without %"), ("0x10", "decimal digits"), ("nan", "missing_values"), ("-inf", "finite"), ("1e400", "finite"), ("1_000", "without _"),
        ("١٢", "ASCII"), (" 4 ", "blanks"), ("abc", "type: category"),
    ])
    func hints(_ cell: String, _ hint: String) throws {
        let sample = try Sample(["d.csv": "x,y\n0,0\n\"\(cell)\",1\n5,3\n"])
        let errors = try sample.refusal("path: d.csv, target: y, split: none, features: [{name: x, type: number}]", "task: regression")
        #expect(errors.map(\.code) == ["E1201"])
        #expect(errors.first?.fix?.contains(hint) == true, "\(errors.first?.fix ?? "")")
        #expect(errors.first?.range?.start.line == 3)
        #expect(errors.first?.range?.text == cell)
    }

    @Test func threePlacesAndTheCount() throws {
        let sample = try Sample(["d.csv": "x,y\n" + (0..<9).map { "bad\($0),\($0)\n" }.joined()])
        let errors = try sample.refusal("path: d.csv, target: y, split: none, features: [{name: x, type: number}]")
        #expect(errors.count == 1)
        #expect(errors[0].related.count == 2)
        #expect(errors[0].words.contains("9 values are like that: lines 2, 3, 4, ..."))
    }

    @Test func atMostTenColumns() throws {
        let names = (0..<30).map { "x\($0)" }
        let sample = try Sample(["d.csv": (names + ["y"]).joined(separator: ",") + "\n" + String(repeating: ",", count: 30) + "1\n"])
        let errors = try sample.refusal("path: d.csv, target: y, split: none")
        #expect(errors.count == 11)
        #expect(errors.last?.message.contains("20 more columns") == true)
    }

    @Test func filesThatAreNotThere() throws {
        let sample = try Sample()
        for (name, code, words) in [("nope.csv", "E1001", "does not exist"), ("d.csv", "E1002", "directory")] {
            if name == "d.csv" { try sample.makeFolder(name) }
            let sink = DiagnosticSink()
            let spec = try sample.spec("path: \(name), target: y")
            #expect(throws: Stopped.self) { try DataPreparation.checkFiles(spec, sink: sink) }
            #expect(sink.diagnostics.map(\.code) == [code])
            #expect(sink.diagnostics.first?.words.contains(words) == true)
            #expect(sink.diagnostics.first?.range?.start.line == 2)
        }
    }

    @Test func compressedAndWronglyEncodedFiles() throws {
        for (bytes, code) in [([0x1F, 0x8B, 8, 0], "E1006"), (Array("x,y\ncaf".utf8) + [0xE9, 0x0A], "E1013"), ([0xFF, 0xFE, 0x61, 0], "E1010")]
            as [([UInt8], String)]
        {
            let sample = try Sample()
            try sample.write("d.csv", bytes)
            #expect(try sample.refusal("path: d.csv, target: y").map(\.code) == [code])
        }
    }

    @Test func allFilesAreToldOf() throws {
        let sample = try Sample(["a.csv": "x,y\n1,2\n"])
        let spec = try sample.spec("train: a.csv, validation: b.csv, test: c.csv, target: y")
        #expect(throws: Stopped.self) { try DataPreparation.checkFiles(spec, sink: sample.sink) }
        #expect(sample.codes == ["E1001", "E1001"])
    }

    @Test func checkLooksAtNoRow() throws {
        let sample = try Sample(["d.csv": "x,y\nnot,\"a table\n"])
        try DataPreparation.checkFiles(try sample.spec("path: d.csv, target: y"), sink: sample.sink)
        #expect(sample.codes == [])
    }

    @Test func newCategoriesCanBeOther() throws {
        let sample = try Sample(["a.csv": "x,y\nu,1\nv,2\n", "b.csv": "x,y\nw,1\nu,2\n"])
        let errors = try sample.refusal("train: a.csv, validation: b.csv, target: y", "task: regression")
        #expect(errors.map(\.code) == ["E1208"])
        let lenient = try Sample(["a.csv": "x,y\nu,1\nv,2\n", "b.csv": "x,y\nw,1\nu,2\n"])
        let data = try lenient.prepare("train: a.csv, validation: b.csv, target: y, features: [{name: x, unseen: other}]", "task: regression")
        #expect(data.validation?.inputs.doubles == [0, 0, 1, 0])
        #expect(lenient.codes == ["W1005"])
    }
}
