import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// Arrays that NumPy wrote, every kind of number in both byte orders and both orders of the indices, are read as NumPy reads them, bit for bit.
/// Tests/Fixtures/data/make.py writes the files and what to expect.
@Suite struct ArrayFixtureTests {
    struct Expected: Decodable {
        let bits: [String]
        let labels: [String?]
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/data"
    static let expected: [String: Expected] = {
        guard let data = FileManager.default.contents(atPath: folder + "/expected.json") else { return [:] }
        return (try? JSONDecoder().decode([String: Expected].self, from: data)) ?? [:]
    }()
    static let names = expected.keys.sorted()

    private func inputs(_ file: String) throws -> [String] {
        let sample = try Sample()
        let data = "inputs: '\(file)', targets: '\(Self.folder)/stored.npz#y', split: none, normalize: none"
        let prepared = try sample.prepare(data, "task: regression")
        #expect(prepared.train.inputs.rows == 3 && prepared.train.inputs.columns == 4)
        return prepared.train.inputs.doubles.map { hexadecimal($0.bitPattern) }
    }

    private func hexadecimal(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test func allKindsAreThere() {
        // 12 kinds of numbers, two byte orders, two orders of the indices.
        #expect(Self.names.count == 48)
    }

    @Test(arguments: names) func everyKindAndOrderBitForBit(_ name: String) throws {
        let expected = try #require(Self.expected[name])
        for archive in ["stored.npz", "deflated.npz"] {
            #expect(try inputs("\(Self.folder)/\(archive)#\(name)") == expected.bits, "\(archive)#\(name)")
        }
    }

    @Test(arguments: ["u1", "i1", "i2", "i4", "f4", "f8"]) func idxBitForBit(_ kind: String) throws {
        let expected = try #require(Self.expected["\(kind)_big_C"])
        #expect(try inputs("\(Self.folder)/\(kind).idx") == expected.bits)
        #expect(try inputs("\(Self.folder)/\(kind).idx.gz") == expected.bits)
    }

    /// An integer that Double cannot hold keeps its digits as the name of a class.
    @Test(arguments: names) func labelsKeepTheirDigits(_ name: String) throws {
        let labels = try #require(Self.expected[name]).labels
        guard Set(labels).count > 1, labels.allSatisfy({ $0 != nil }) else { return }
        let sample = try Sample()
        try sample.write("y.npy", Self.firstColumn(of: name))
        let file = "\(Self.folder)/stored.npz"
        let prepared = try sample.prepare("inputs: '\(file)#\(name)', targets: y.npy, split: none, normalize: none", "task: classification")
        guard case .classes(_, let classes) = prepared.target, case .classes(let numbers) = prepared.train.targets else {
            Issue.record("\(name): no classes")
            return
        }
        #expect(numbers.map { classes[Int($0)] } == labels.compactMap { $0 })
    }

    /// The .npy file of one member's first column: the elements are cut out of the stored archive by their places.
    private static func firstColumn(of name: String) -> [UInt8] {
        guard let archive = FileManager.default.contents(atPath: folder + "/stored.npz").map(Array.init),
            let start = position(of: Array((name + ".npy").utf8), in: archive).flatMap({ position(of: npyMagic, in: archive, from: $0) })
        else { return [] }
        let length = Int(archive[start + 8]) | Int(archive[start + 9]) << 8
        let header = String(decoding: archive[start + 10..<start + 10 + length], as: UTF8.self)
        let (kind, order) = (String(name.prefix { $0 != "_" }), name.contains("big") ? ">" : "<")
        let size = kind == "bool" ? 1 : Int(String(kind.last ?? "1")) ?? 1
        let stride = header.contains("True") ? size : 4 * size
        let descr = kind == "bool" ? "|b1" : size == 1 ? "|" + kind : order + kind
        let first = start + 10 + length
        return npyFile("{'descr': '\(descr)', 'fortran_order': False, 'shape': (3,), }")
            + (0..<3).flatMap { archive[first + $0 * stride..<first + $0 * stride + size] }
    }

    static let npyMagic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

    /// The start of an .npy file of version 1.0.
    static func npyFile(_ header: String) -> [UInt8] {
        let text = Array((header + "\n").utf8)
        return npyMagic + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)] + text
    }

    private static func position(of part: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
        guard bytes.count >= part.count + start else { return nil }
        return (start...bytes.count - part.count).first { bytes[$0] == part[0] && Array(bytes[$0..<$0 + part.count]) == part }
    }
}
