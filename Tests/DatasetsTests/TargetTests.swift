import Datasets
import Diagnostics
import SpecLanguage
import Testing

@Suite struct TargetTests {
    static func file(_ labels: [String]) -> String { "x,y\n" + labels.enumerated().map { "\($0.offset),\($0.element)\n" }.joined() }

    static func prepare(_ labels: [String], _ data: String = "", _ rest: String = "", layers: String = "[auto]") throws -> PreparedData {
        try Sample(["d.csv": file(labels)]).prepare("path: d.csv, target: y, split: none" + data, rest, layers: layers)
    }

    @Test(arguments: [
        (["10", "9", "2", "10"], ["2", "9", "10"]), (["1", "-1"], ["-1", "1"]), (["b", "a", "10", "9"], ["10", "9", "a", "b"]),
        (["1.0", "01", "2"], ["01", "1.0", "2"]), (["é", "z", "Z"], ["Z", "z", "é"]),
    ])
    func orderOfClasses(_ labels: [String], _ classes: [String]) throws {
        let data = try Self.prepare(labels, "", "task: classification")
        #expect(data.target == .classes(name: "y", classes: classes))
        #expect(data.taskReason == nil)
    }

    @Test func classesFixedByHand() throws {
        let data = try Self.prepare(["no", "yes", "no"], ", classes: [yes, no]")
        #expect(data.target == .classes(name: "y", classes: ["yes", "no"]))
        guard case .classes(let numbers) = data.train.targets else { throw Stopped() }
        #expect(numbers == [1, 0, 1])
    }

    @Test(arguments: [
        (["a", "b", "c"], "", "[auto]", ResolvedTask.classification), (["a", "b"], "", "[auto]", .classification), (["a", "b"], "", "[1]", .binary),
        (["0", "1", "0"], "", "[4, 1]", .binary), (["0", "1", "0"], "", "[2]", .classification), (["0", "1", "2"], "", "[1]", .regression),
        (["0", "1", "0"], "loss: mse", "[1]", .regression), (["0", "1", "0"], "loss: {huber: {delta: 1}}", "[1]", .regression),
        (["0", "1", "2"], "loss: cross_entropy", "[auto]", .classification), (["0", "1"], "loss: binary_cross_entropy", "[auto]", .binary),
        (["0", "1", "2"], "task: classification", "[auto]", .classification), (["0", "1"], "task: regression", "[1]", .regression),
    ])
    func task(_ labels: [String], _ rest: String, _ layers: String, _ task: ResolvedTask) throws {
        let data = try Self.prepare(labels, "", rest, layers: layers)
        #expect(data.task == task)
        #expect((data.taskReason == nil) == rest.hasPrefix("task"))
    }

    @Test func severalTargetsAreNumbers() throws {
        let sample = try Sample(["d.csv": "x,p,q\n1,0.2,0.8\n2,0.5,0.5\n"])
        let data = try sample.prepare("path: d.csv, target: [q, p], split: none, normalize_target: zscore")
        #expect(data.task == .regression)
        #expect(data.target.names == ["q", "p"])
        guard case .values(let values) = data.train.targets else { throw Stopped() }
        #expect(values.doubles == [0.8, 0.2, 0.5, 0.5])
        guard case .values(_, let centers, _) = data.target else { throw Stopped() }
        #expect(abs(centers[0] - 0.65) < 1e-15)
    }

    @Test func stratifiedByDefault() throws {
        let sample = try Sample(["d.csv": Self.file((0..<20).map { $0 < 10 ? "a" : "b" })])
        let data = try sample.prepare("path: d.csv, target: y")
        #expect(data.validation?.rowNumbers.count { $0 < 10 } == 2)
        #expect(data.validation?.rows == 4)
        #expect(sample.codes == [])
        let ordered = try sample.prepare("path: d.csv, target: y, split: {validation: 0.2, method: ordered}")
        #expect(ordered.validation?.rowNumbers == [16, 17, 18, 19])
        #expect(sample.sink.diagnostics.map(\.message) == ["class a absent from the validation rows"])
    }
}

@Suite struct EncodingTests {
    static func trained() throws -> (Sample, PreparedData) {
        let sample = try Sample(["d.csv": "a,k,y\n1,u,p\n3,v,q\n"])
        return (sample, try sample.prepare("path: d.csv, target: y, split: none"))
    }

    static func encode(_ text: String, needsTarget: Bool) throws -> (part: Part?, extra: [String], sink: DiagnosticSink) {
        let (sample, data) = try trained()
        try sample.write("new.csv", Array(text.utf8))
        let sink = DiagnosticSink()
        let result = try? WholeFile.encode(
            ModelInput(sample.path("new.csv")), preprocessing: data.preprocessing, target: needsTarget ? data.target : nil,
            precision: .float64, sink: sink)
        return (result?.part, result?.extraColumns ?? [], sink)
    }

    @Test func columnsByName() throws {
        let (part, extra, sink) = try Self.encode("id,k,a\nr1,v,5\nr2,u,1\n", needsTarget: false)
        #expect(part?.inputs.doubles == [3, 0, 1, -1, 1, 0])
        #expect(extra == ["id"])
        #expect(sink.diagnostics.isEmpty)
        guard case .classes(let numbers)? = part?.targets else { throw Stopped() }
        #expect(numbers == [])
    }

    @Test func targetIsReadIfAskedFor() throws {
        let (part, extra, _) = try Self.encode("y,k,a\nq,v,5\n", needsTarget: true)
        guard case .classes(let numbers)? = part?.targets else { throw Stopped() }
        #expect(numbers == [1])
        #expect(extra == [])
    }

    @Test(arguments: [
        ("k\nu\n", false, "E1101", "\"a\""), ("A,k\n1,u\n", false, "E1101", "has \"A\": upper and lower case"),
        ("a,k\n1,w\n", false, "E1208", "\"w\" in line 2"),
        ("a,k\n1,u\n", true, "E1101", "\"y\""), ("a,k,y\n1,u,p.\n2,u,q\n3,u,p.\n", true, "E1304", "\"p.\" (2 rows)"),
        ("a,k,y\n1,u,\n", true, "E1205", "line 2"), ("a,k\n,u\n", false, "E1204", "no value to fill in"), ("a,k\nx,u\n", false, "E1201", "\"x\""),
    ])
    func refusals(_ text: String, _ needsTarget: Bool, _ code: String, _ words: String) throws {
        let (part, _, sink) = try Self.encode(text, needsTarget: needsTarget)
        #expect(part == nil)
        #expect(sink.diagnostics.map(\.code) == [code])
        #expect(sink.diagnostics[0].words.contains(words), "\(sink.diagnostics[0].words)")
        #expect(sink.diagnostics[0].words.contains("new.csv"))
        #expect(ExitStatus.of(sink.diagnostics) == 4)
    }
}
