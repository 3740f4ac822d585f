import Foundation

/// Examples of data files that no page can show: arrays, archives, databases, and lines of JSON beside their specs.
extension OddExamples {
    private static func fixture(_ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: Repository.root + "/Tests/Fixtures/data/" + name).map(Array.init) ?? []
    }

    /// An .npy file; `payload` bytes of zeros behind the header.
    private static func npy(_ shape: String, _ descr: String = "|u1", payload: Int) -> MarkedFile {
        let header = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n".utf8)
        var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.count), 0]
        bytes += header
        bytes += [UInt8](repeating: 0, count: payload)
        return MarkedFile(bytes: bytes)
    }

    private static func spec(_ data: String, _ more: String = "") -> (String, MarkedFile) {
        ("flowers.yaml", ExampleFolder.completed(MarkedFile("data: {\(data)}\n" + more)))
    }

    /// A pair of arrays, the mistake being that of the inputs.
    private static func pair(_ name: String, _ file: MarkedFile, member: String = "") -> OddExample {
        OddExample { [spec("inputs: ⟦\(name)\(member)⟧, targets: y.npy", "task: regression"), (name, file), ("y.npy", npy("(3,)", payload: 3))] }
    }

    private static func archive(_ member: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }) -> OddExample {
        pair("xy.npz", MarkedFile(bytes: change(fixture("stored.npz"))), member: "#" + member)
    }

    /// The first record of the archive's directory.
    private static func directory(_ bytes: [UInt8]) -> Int {
        (0..<max(bytes.count - 4, 0)).first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) } ?? 0
    }

    private static func lines(_ marked: String) -> OddExample {
        OddExample { [spec("path: flowers.jsonl, target: species"), ("flowers.jsonl", MarkedFile(marked))] }
    }

    private static func query(_ sql: String) -> OddExample {
        OddExample { [spec("path: flowers.db, query: ⟦\"\(sql)\"⟧, target: kind"), ("flowers.db", MarkedFile(bytes: fixture("flowers.db")))] }
    }

    /// A model of two inputs, trained by the shell before the command.
    static let data: [String: OddExample] = [
        "E1034": pair("xy.npz", MarkedFile("length,species\n1,lily\n"), member: "#x"),
        "E1035": archive("z"),
        "E1036": archive("y") { Array($0[..<($0.count / 2)]) },
        "E1037": archive("y") { bytes in bytes.enumerated().map { $0 == directory(bytes) + 8 ? 1 : $1 } },
        "E1041": pair("x.npy", npy("(3, 2)", payload: 5)), "E1042": archive("objects"), "E1043": archive("texts"),
        "E1044": pair("x.npy", npy("(3, -2)", payload: 6)), "E1045": archive("empty"),
        "E1046": OddExample {
            [
                spec("inputs: ⟪x.npy⟫, targets: ⟦y.npy⟧", "task: regression"), ("x.npy", npy("(3, 2)", payload: 6)),
                ("y.npy", npy("(2,)", payload: 2)),
            ]
        },
        "E1050": lines("{\"length\": 1.4, ⟦s⟧pecies: \"lily\"}\n"), "E1051": lines("⟦[⟧{\"length\": 1.4, \"species\": \"lily\"}]\n"),
        "E1052": lines("{\"length\": ⟦N⟧aN, \"species\": \"lily\"}\n"),
        "E1053": lines("{\"length\": 1, \"⟦l⟧ength\": 2, \"species\": \"lily\"}\n"),
        "E1054": lines("{\"size\": ⟦{\"length\": 1.4}⟧, \"species\": \"lily\"}\n{\"size\": 2, \"species\": \"rose\"}\n"),
        "E1061": query("SELEC * FROM flowers"), "E1062": query("SELECT * FROM flower"), "E1063": query("DELETE FROM flowers"),
        "E1064": query("SELECT a, a, kind FROM flowers"), "E1065": query("SELECT photo, kind FROM flowers"),
    ]
}
