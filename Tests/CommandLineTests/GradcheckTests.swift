import Foundation
import TestSupport
import Testing

/// `nnspec gradcheck` as it is used.
@Suite struct GradcheckTests {
    @Test func specsAgree() throws {
        for spec in ["xor", "iris", "diabetes", "autoencoder"] {
            let tool = try Tool.run(["gradcheck", "specs/\(spec).yaml"], in: Repository.root)
            #expect(tool.status == 0 && tool.errors == "", "\(tool.errors)")
            #expect(tool.output.hasPrefix("\(spec): gradients of the first batch ("))
            #expect(tool.output.hasSuffix("all gradients agree with finite differences (relative error at most 1e-06)\n"), "\(tool.output)")
            let again = try Tool.run(["gradcheck", "specs/\(spec).yaml"], in: Repository.root, environment: ["NNSPEC_ISA": "baseline"])
            #expect(again.output == tool.output)
        }
    }

    @Test func json() throws {
        let tool = try Tool.run(["gradcheck", "specs/xor.yaml", "--json", "--set", "training.batch_size=2"], in: Repository.root)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
        #expect(root["ok"] as? Bool == true && root["rows"] as? Int == 2 && root["training_rows"] as? Int == 4)
        let tensors = try #require(root["tensors"] as? [[String: Any]])
        #expect(tensors.compactMap { $0["name"] as? String } == ["dense_1.weight", "dense_1.bias", "dense_2.weight", "dense_2.bias"])
        #expect(tensors.allSatisfy { $0["verdict"] as? String == "agrees" && $0["worst"] is [String: Any] })
        #expect(tensors[0]["shape"] as? [Int] == [2, 4] && tensors[0]["compared"] as? Int == 8)
    }

    @Test func wrongUse() throws {
        try withFolder { folder in
            try "nnspec: 1\ndata: {path: none.csv, target: y}\nmodel: {layers: [auto]}\n".write(
                toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            let missing = try Tool.run(["gradcheck", "spec.yaml"], in: folder)
            #expect(missing.status == 4 && missing.errors.contains("none.csv") && missing.output == "")
            let set = try Tool.run(["gradcheck", "spec.yaml", "--set", "training.epoch=3"], in: folder)
            #expect(set.status == 3 && set.errors.contains("epochs"), "\(set.errors)")
            let json = try Tool.run(["gradcheck", "spec.yaml", "--json"], in: folder)
            let root = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(json.status == 4 && root?["ok"] as? Bool == false)
        }
        #expect(try Tool.run(["gradcheck"]).status == 2)
        #expect(try Tool.run(["gradcheck", "nowhere.yaml"]).status == 3 || (try Tool.run(["gradcheck", "nowhere.yaml"]).status == 4))
        #expect(try Tool.run(["gradcheck", "specs/xor.yaml", "--threads", "2"], in: Repository.root).status == 2)
    }
}
