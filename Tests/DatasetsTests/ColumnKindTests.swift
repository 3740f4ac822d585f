import Datasets
import Diagnostics
import SpecLanguage
import Testing

/// Booleans, ordinal and index categories, indicators of gaps.
@Suite struct ColumnKindTests {
    @Test func booleans() throws {
        let sample = try Sample(["d.csv": "a,b,y\nyes,1,1\nNO,2,2\n True,3,3\n0,4,5\nf,5,9\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: none, features: [{name: a, type: boolean}, b]")
        #expect(data.preprocessing.features[0].kind == .boolean(fill: nil))
        #expect(data.train.inputs.doubles == [1, 1, 0, 2, 1, 3, 0, 4, 0, 5])
        #expect(sample.codes == [])
    }

    /// The mean of true and false is the share of true.
    @Test(arguments: [("mean", 0.25), ("median", 0.0), ("mode", 0.0), ("{constant: yes}", 1.0)])
    func gapsOfBooleans(_ policy: String, _ fill: Double) throws {
        let sample = try Sample(["d.csv": "a,y\ntrue,1\nfalse,2\n,3\nfalse,5\nfalse,9\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, features: [{name: a, type: boolean, missing: \(policy)}]")
        #expect(data.train.inputs.doubles == [1, 0, fill, 0, 0])
    }

    @Test func whatIsNoBoolean() throws {
        let sample = try Sample(["d.csv": "a,y\ntrue,1\nmaybe,2\noff,3\n"])
        let errors = try sample.refusal("path: d.csv, target: y, split: none, features: [{name: a, type: boolean}]")
        #expect(errors.map(\.code) == ["E1219"])
        #expect(errors[0].words.contains("2 values are like that: lines 3, 4"))
    }

    /// As classes do, categories stand by value where all are numbers; one other text among them, and they are names.
    @Test(arguments: [
        ("10 2 -1 2 1e1", ["-1", "2", "10", "1e1"]), ("0.5 .25 07 7", [".25", "0.5", "07", "7"]), ("10 2 x", ["10", "2", "x"]),
        ("9007199254740993 9007199254740992 5", ["5", "9007199254740992", "9007199254740993"]),
    ])
    func numericCategories(_ texts: String, _ order: [String]) throws {
        let rows = texts.split(separator: " ").enumerated().map { "\($1),\($0)" }.joined(separator: "\n")
        for (encoding, kind) in [
            ("one_hot", FeatureTransform.Kind.category(categories: order, unseen: .error, fill: nil)),
            ("index", .index(categories: order, unseen: .error, fill: nil)),
        ] {
            let sample = try Sample(["d.csv": "a,y\n\(rows)\n"])
            let data = try sample.prepare("path: d.csv, target: y, split: none, features: [{name: a, type: category, encoding: \(encoding)}]")
            #expect(data.preprocessing.features[0].kind == kind)
        }
        let given = try Sample(["d.csv": "a,y\n\(rows)\n"])
        let listed = order.reversed().map { "'\($0)'" }.joined(separator: ", ")
        let data = try given.prepare("path: d.csv, target: y, split: none, features: [{name: a, type: category, categories: [\(listed)]}]")
        #expect(data.preprocessing.features[0].kind == .category(categories: order.reversed(), unseen: .error, fill: nil))
    }

    @Test func ordinalIsScaledLikeANumber() throws {
        let sample = try Sample(["d.csv": "a,y\nlow,1\nhigh,2\nmid,3\nlow,5\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, features: [{name: a, encoding: ordinal, categories: [low, mid, high]}]")
        let deviation = 0.6875.squareRoot()
        #expect(
            data.preprocessing.features[0].kind
                == .ordinal(categories: ["low", "mid", "high"], normalize: .zscore, center: 0.75, scale: deviation, fill: nil))
        #expect(data.train.inputs.doubles == [-0.75, 1.25, 0.25, -0.75].map { $0 / deviation })
    }

    /// Numbers have an order of their own, by value and not by text, also beyond 2^53.
    @Test func ordinalOfNumbers() throws {
        let sample = try Sample(["d.csv": "a,y\n10,1\n9,2\n9007199254740993,3\n9007199254740992,5\n-1,7\n"])
        let data = try sample.prepare(
            "path: d.csv, target: y, split: none, features: [{name: a, type: category, encoding: ordinal, normalize: none}]")
        #expect(data.train.inputs.doubles == [2, 1, 4, 3, 0])
        let words = try Sample(["d.csv": "a,y\nlow,1\nhigh,2\n"])
        #expect(try words.refusal("path: d.csv, target: y, split: none, features: [{name: a, encoding: ordinal}]").map(\.code) == ["E1214"])
    }

    /// The place from 0, as it is; with `unseen: other` one more place behind the last.
    @Test func index() throws {
        let rows = "a,part,y\nu,train,1\nw,train,2\nv,train,3\nx,test,4\nu,test,5\n"
        let sample = try Sample(["d.csv": rows])
        let data = try sample.prepare(
            "path: d.csv, target: y, split: {method: column, key: part}, features: [{name: a, encoding: index, unseen: other}]")
        #expect(data.train.inputs.doubles == [0, 2, 1])
        #expect(data.test?.inputs.doubles == [3, 0])
        #expect(sample.codes == ["W1005"])
        let strict = try Sample(["d.csv": rows])
        let errors = try strict.refusal("path: d.csv, target: y, split: {method: column, key: part}, features: [{name: a, encoding: index}]")
        #expect(errors.map(\.code) == ["E1208"])
    }

    /// An indicator stands behind the inputs of its own column. Written for a feature it is always there, written for all where gaps are.
    @Test func indicators() throws {
        let rows = "a,b,c,y\n1,u,1,1\n,v,2,2\n3,,3,3\n"
        let sample = try Sample(["d.csv": rows])
        let data = try sample.prepare("path: d.csv, target: y, split: none, normalize: none, missing: mode, indicator: true")
        #expect(data.preprocessing.features.map(\.hasIndicator) == [true, true, false])
        #expect(data.train.inputs.doubles == [1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 2, 3, 0, 1, 0, 1, 3])
        let own = try Sample(["d.csv": rows])
        let one = try own.prepare(
            "path: d.csv, target: y, split: none, normalize: none, features: [{name: a, missing: {constant: 9}, indicator: true}, "
                + "{name: c, missing: mean, indicator: true}]")
        #expect(one.train.inputs.doubles == [1, 0, 1, 0, 9, 1, 2, 0, 3, 0, 3, 0])
    }

    /// Gaps in other parts make no indicator: the training rows alone decide.
    @Test func indicatorsFollowTheTrainingRows() throws {
        let sample = try Sample(["d.csv": "a,part,y\n1,train,1\n2,train,2\n,test,3\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: {method: column, key: part}, missing: mean, indicator: true")
        #expect(data.preprocessing.width == 1)
    }

    @Test func labels() throws {
        let sample = try Sample(["d.csv": "x,a,b\n1,1,true\n2,0,no\n3,1,FALSE\n"])
        let data = try sample.prepare("path: d.csv, target: [a, b], split: none", "task: multilabel")
        #expect(data.task == .multilabel)
        #expect(data.target == .labels(names: ["a", "b"]))
        guard case .labels(let values) = data.train.targets else { throw Stopped() }
        #expect(values.doubles == [1, 1, 0, 0, 1, 0])
        let wrong = try Sample(["d.csv": "x,a,b\n1,1,true\n2,0,2\n"])
        #expect(try wrong.refusal("path: d.csv, target: [a, b], split: none", "task: multilabel").map(\.code) == ["E1219"])
        let gap = try Sample(["d.csv": "x,a,b\n1,1,true\n2,0,\n"])
        #expect(try gap.refusal("path: d.csv, target: [a, b], split: none, missing: mode", "task: multilabel").map(\.code) == ["E1205"])
    }

    /// Labels by their texts: zeros in front, signs and dots are kept, order by value where all are numbers.
    @Test(arguments: [
        (["10", "9", "1"], ["1", "9", "10"]), (["1", "-1"], ["-1", "1"]), (["007", "8"], ["007", "8"]), (["1.2.3", "1.10"], ["1.10", "1.2.3"]),
        (["9007199254740993", "9007199254740992", "5"], ["5", "9007199254740992", "9007199254740993"]),
        (["0.30000000000000001", "0.3", "-2e400x"], ["-2e400x", "0.3", "0.30000000000000001"]),
        (["-9007199254740993", "-9007199254740992"], ["-9007199254740993", "-9007199254740992"]), (["+1", "1", "2"], ["+1", "1", "2"]),
    ])
    func labelsKeepTheirText(_ labels: [String], _ classes: [String]) throws {
        let rows = labels.enumerated().map { "\($0),\($1)\n" }.joined()
        let sample = try Sample(["d.csv": "x,y\n" + rows + rows])
        let data = try sample.prepare("path: d.csv, target: y, split: none", "task: classification")
        #expect(data.target == .classes(name: "y", classes: classes))
        #expect(sample.codes == (labels.contains("+1") ? ["W1006"] : []))
    }

    /// Whole numbers beyond 2^53 are told apart as categories.
    @Test func largeCategories() throws {
        let sample = try Sample(["d.csv": "id,y\n9007199254740993,1\n9007199254740992,2\n"])
        let data = try sample.prepare("path: d.csv, target: y, split: none, features: [{name: id, type: category}]")
        #expect(data.train.inputs.doubles == [0, 1, 1, 0])
    }
}
