import Datasets
import Diagnostics
import SpecLanguage
import Testing

@Suite struct FittingTests {
    static let people = "age,city,y\n20,Rome,1.5\n40,Oslo,2.5\n60,Rome,3\n20,Lima,9\n"

    @Test func numbersAndCategories() throws {
        let sample = try Sample(["d.csv": Self.people])
        let data = try sample.prepare("path: d.csv, target: y, split: none")
        #expect(data.task == .regression)
        #expect(data.taskReason != nil)
        #expect(data.preprocessing.width == 4)
        #expect(data.preprocessing.features[1].kind == .category(categories: ["Lima", "Oslo", "Rome"], unseen: .error, fill: nil))
        let deviation = (1100.0 / 4).squareRoot()
        #expect(data.preprocessing.features[0].kind == .number(normalize: .zscore, center: 35, scale: deviation, fill: nil))
        #expect(
            data.train.inputs.doubles == [
                -15 / deviation, 0, 0, 1, 5 / deviation, 0, 1, 0, 25 / deviation, 0, 0, 1, -15 / deviation, 1, 0, 0,
            ])
        guard case .values(let values) = data.train.targets else { throw Stopped() }
        #expect(values.doubles == [1.5, 2.5, 3, 9])
        #expect(data.target == .values(names: ["y"], centers: [0], scales: [1]))
        #expect(data.train.rowNumbers == [0, 1, 2, 3])
        #expect(data.validation == nil)
        #expect(sample.codes == [])
    }

    /// Rows of the other parts may say what they like: the transforms do not change.
    @Test func fittedOnTrainingRowsOnly() throws {
        let rows = (0..<20).map { "\($0 * $0),\($0 % 3 == 0 ? "u" : "v"),\($0)" }
        func features(_ rows: [String]) throws -> (Preprocessing, TargetEncoding, [Int32]) {
            let sample = try Sample(["d.csv": "a,b,y\n" + rows.joined(separator: "\n")])
            let data = try sample.prepare(
                "path: d.csv, target: y, missing: mean, normalize_target: zscore, split: {train: 0.6, validation: 0.2, test: 0.2}, "
                    + "features: [a, {name: b, unseen: other}]"
            )
            return (data.preprocessing, data.target, data.train.rowNumbers)
        }
        let (before, target, train) = try features(rows)
        let other = try #require((0..<20).first { !train.contains(Int32($0)) })
        var edited = rows
        edited[other] = "1e9,w,-1e9"
        let (after, targetAfter, trainAfter) = try features(edited)
        #expect(train == trainAfter)
        #expect(before == after)
        #expect(target == targetAfter)
        edited[Int(train[0])] = "1e9,v,-1e9"
        let (moved, targetMoved, _) = try features(edited)
        #expect(moved != after)
        #expect(targetMoved != targetAfter)
    }

    @Test(arguments: [
        ("mean", 4.0), ("median", 3.0), ("mode", 1.0), ("{constant: -7}", -7.0),
    ])
    func fills(_ policy: String, _ fill: Double) throws {
        let sample = try Sample(["d.csv": "a,y\n1,1\n,2\n5,3\n1,4\n9,5\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: none, missing: \(policy)")
        #expect(data.preprocessing.features[0].kind == .number(normalize: .none, center: 0, scale: 1, fill: fill))
        #expect(data.train.inputs.doubles == [1, fill, 5, 1, 9])
        #expect(sample.codes == ["N1101"])
    }

    @Test func categoryFills() throws {
        let sample = try Sample(["d.csv": "a,y\nv,1\n,2\nu,3\nv,4\nu,5\n"])
        let mode = try sample.prepare("path: d.csv, target: y, split: none, missing: mode")
        #expect(mode.preprocessing.features[0].kind == .category(categories: ["u", "v"], unseen: .error, fill: "u"))
        let constant = try sample.prepare("path: d.csv, target: y, split: none, missing: {constant: none}")
        #expect(constant.preprocessing.features[0].kind == .category(categories: ["none", "u", "v"], unseen: .error, fill: "none"))
        #expect(constant.train.inputs.doubles == [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0])
    }

    @Test func droppedRowsAreCounted() throws {
        let sample = try Sample(["d.csv": "a,b,y\n1,2,1\n,2,2\n3,,3\n4,5,4\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, missing: drop_row")
        #expect(data.train.rowNumbers == [0, 3])
        #expect(sample.codes == ["N1002"])
        #expect(sample.sink.diagnostics[0].message.contains("2 rows of 4"))
    }

    @Test func constantColumnsAreNotScaled() throws {
        let rows = (1...10).map { "0.1,-11.512925464970229,\(1e15 + Double($0 % 2) * 0.125),\($0),\($0)" }
        let sample = try Sample(["d.csv": "a,b,noise,v,y\n" + rows.joined(separator: "\n")])
        let data = try sample.prepare("path: d.csv, target: y, split: none")
        #expect(data.preprocessing.features[0].kind == .number(normalize: .zscore, center: 0.1, scale: 1, fill: nil))
        #expect(data.preprocessing.features[1].kind == .number(normalize: .zscore, center: -11.512925464970229, scale: 1, fill: nil))
        #expect((0..<10).allSatisfy { data.train.inputs[$0, 0] == 0 && data.train.inputs[$0, 1] == 0 && abs(data.train.inputs[$0, 2]) <= 0.125 })
        #expect(sample.codes == ["W1002"])
        #expect(sample.sink.diagnostics[0].message.contains("a, b, noise;"))
    }

    @Test func scalings() {
        let values = [1.0, 2, 4, 9]
        #expect(Scaling.fit(values, .minmax) == Scaling(center: 1, scale: 8, isConstant: false))
        #expect(Scaling.fit(values, .zscore) == Scaling(center: 4, scale: (38.0 / 4).squareRoot(), isConstant: false))
        #expect(Scaling.fit(values, .robust) == Scaling(center: 3, scale: 5.25 - 1.75, isConstant: false))
        #expect(Scaling.fit(values, .none) == Scaling(center: 0, scale: 1, isConstant: false))
        #expect(Scaling.fit([1e9 + 1, 1e9 + 3], .zscore) == Scaling(center: 1e9 + 2, scale: 1, isConstant: false))
        #expect(Scaling.fit([5], .minmax) == Scaling(center: 5, scale: 1, isConstant: true))
    }

    @Test func blanks() throws {
        let sample = try Sample(["d.csv": " n , k , y \n 1 , cat , one\n2\t,cat,two \n3,\" dog\",one\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: none")
        #expect(data.preprocessing.features.map(\.name) == ["n", "k"])
        #expect(data.preprocessing.features[1].kind == .category(categories: [" cat ", " dog", "cat"], unseen: .error, fill: nil))
        #expect(data.target == .classes(name: "y", classes: ["one", "two"]))
        #expect((0..<3).map { data.train.inputs[$0, 0] } == [1, 2, 3])
        #expect(sample.codes == ["W1003"])
    }

    @Test func missingTextsAreOnlyThoseListed() throws {
        let sample = try Sample(["d.csv": "c,h,y\nNA,?,1\nnull,180,2\nNO, NA ,3\n"])
        let data = try sample.prepare(
            "path: d.csv, target: y, split: none, normalize: none, features: [c, {name: h, type: number, missing: mean, missing_values: [NA, \"?\"]}]"
        )
        #expect(data.preprocessing.features[0].kind == .category(categories: ["NA", "NO", "null"], unseen: .error, fill: nil))
        #expect((0..<3).map { data.train.inputs[$0, 3] } == [180, 180, 180])
    }

    @Test func separateFiles() throws {
        let sample = try Sample([
            "a.csv": "x,k,y\n0,u,p\n2,v,q\n", "b.csv": "more,y,k,x\n9,q,v,4\n", "c.tsv": "y\tx\tk\np\t1\tu\n",
        ])
        let data = try sample.prepare("train: a.csv, validation: b.csv, test: c.tsv, target: y")
        #expect(data.validation?.inputs.doubles == [3, 0, 1])
        #expect(data.test?.inputs.doubles == [0, 1, 0])
        guard case .classes(let numbers) = data.validation?.targets else { throw Stopped() }
        #expect(numbers == [1])
        #expect(sample.codes == ["W1004", "W1004"])
    }

    @Test func oneColumnMayBeFeatureAndTarget() throws {
        let sample = try Sample(["d.csv": "a,b,c\n1,2,z\n3,4,z\n"])
        let data = try sample.prepare("path: d.csv, features: [a, b], target: [a, b], split: none, normalize: none")
        guard case .values(let values) = data.train.targets else { throw Stopped() }
        #expect(values.doubles == data.train.inputs.doubles)
    }

    @Test func float32IsRoundedOnce() throws {
        let sample = try Sample(["d.csv": "a,y\n0.1,1\n0.3,2\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: none")
        #expect(data.train.inputs.doubles == [0.1, 0.3])
        let encoded = try WholeFile.encode(
            ModelInput(sample.path("d.csv")), preprocessing: data.preprocessing, target: nil, precision: .float32, sink: sample.sink)
        #expect(encoded.part.inputs.doubles == [Double(Float(0.1)), Double(Float(0.3))])
    }
}
