import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// Array files, archives and packed files that are broken, or made to harm: each is refused with the code and the words for it.
@Suite struct HostileArrayTests {
    private static let fixtures = ArrayFixtureTests.folder

    private static func bytes(_ name: String) -> [UInt8] { FileManager.default.contents(atPath: "\(fixtures)/\(name)").map(Array.init) ?? [] }

    private static func npy(_ shape: String, _ descr: String = "<f8", payload: Int) -> [UInt8] {
        ArrayFixtureTests.npyFile("{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }") + [UInt8](repeating: 0, count: payload)
    }

    /// The one error of a file of inputs.
    private func refusal(_ file: String, _ bytes: [UInt8], member: String = "") throws -> Diagnostic {
        let sample = try Sample()
        try sample.write(file, bytes)
        let data = "inputs: '\(file)\(member)', targets: '\(Self.fixtures)/stored.npz#y', split: none, normalize: none"
        let errors = try sample.refusal(data, "task: regression")
        #expect(errors.count == 1, "\(errors.map(\.message))")
        return try #require(errors.first)
    }

    @Test func npyFiles() throws {
        let magic = ArrayFixtureTests.npyMagic
        let cases: [(code: String, words: String, bytes: [UInt8])] = [
            ("E1005", "empty", []),
            ("E1009", "HTML", Array("<!DOCTYPE html><html>".utf8)),
            ("E1008", "git lfs pull", Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8)),
            ("E1006", ".gz", [0x1F, 0x8B, 8, 0]),
            ("E1040", "begins with the bytes 61 2c 62", Array("a,b\n1,2\n".utf8)),
            ("E1041", "cut short", Array(magic.prefix(4))),
            ("E1041", "cut short", magic + [1, 0]),
            ("E1041", "cut short", Array(Self.npy("(3, 2)", payload: 48).prefix(40))),
            ("E1041", "take 48 bytes, behind the header are 47", Self.npy("(3, 2)", payload: 47)),
            ("E1041", "take 48 bytes, behind the header are 49", Self.npy("(3, 2)", payload: 49)),
            ("E1041", "more bytes than there can be", Self.npy("(4611686018427387904, 4611686018427387904)", payload: 48)),
            ("E1042", "pickle", Self.npy("(3,)", "|O", payload: 24)),
            ("E1043", "\"<U4\"", Self.npy("(3,)", "<U4", payload: 48)),
            ("E1043", "\"<c16\"", Self.npy("(3,)", "<c16", payload: 48)),
            ("E1044", "9.0", magic + [9, 0] + Self.npy("(3,)", payload: 24).dropFirst(8)),
            ("E1044", "no dictionary", ArrayFixtureTests.npyFile("__import__('os').system('true')") + [0]),
            ("E1044", "no dictionary", ArrayFixtureTests.npyFile("{'descr': '<f8', 'shape': (3,), }")),
            ("E1044", "no dictionary", ArrayFixtureTests.npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (-3,), }")),
            ("E1044", "no dictionary", ArrayFixtureTests.npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }")),
            ("E1045", "no rows", Self.npy("(0, 4)", payload: 0)),
            ("E1045", "no rows", Self.npy("(0, 4611686018427387904, 4611686018427387904)", payload: 0)),
            ("E1045", "no rows", Self.npy("(4, 0)", payload: 0)),
            ("E1045", "single number", Self.npy("()", payload: 8)),
            ("E1045", "rows of 1000001 numbers", Self.npy("(1, 1000001)", "|u1", payload: 1_000_001)),
            ("E1046", "2 rows", Self.npy("(2, 2)", payload: 32)),
        ]
        for (code, words, bytes) in cases {
            let error = try refusal("x.npy", bytes)
            #expect(error.code == code && error.words.contains(words), "want \(code) \(words), found \(error.code) \(error.words)")
        }
    }

    @Test func structuredTypes() throws {
        let header = "{'descr': [('a', '<f4'), ('b]', '<i4', (2,))], 'fortran_order': False, 'shape': (3,), }"
        #expect(try refusal("x.npy", ArrayFixtureTests.npyFile(header) + [UInt8](repeating: 0, count: 36)).code == "E1043")
        let words = try refusal("x.npy", ArrayFixtureTests.npyFile(header) + [UInt8](repeating: 0, count: 36)).words
        for part in ["records of 2 fields", "a (<f4), b] (<i4)", "to_csv"] { #expect(words.contains(part), "\(words)") }
        let inner = "{'descr': [('p', [('x', '<f4'), ('y', '<f4')]), (('title', 'q'), '|u1')], 'fortran_order': False, 'shape': (2,), }"
        let nested = try refusal("x.npy", ArrayFixtureTests.npyFile(inner) + [UInt8](repeating: 0, count: 18)).words
        #expect(nested.contains("p (fields of its own), title (|u1)"), "\(nested)")
        #expect(try refusal("x.npy", ArrayFixtureTests.npyFile("{'descr': [('a', '<f4', 'fortran_order'")).code == "E1044")
    }

    /// Each kind of value that is no number is sent another way.
    @Test(arguments: [
        ("<U3", "CSV"), ("|S3", "CSV"), ("<M8[ns]", "int64"), ("<m8[s]", "int64"), (">c8", "real"), ("<f16", "float64"), ("|V6", "to_csv"),
    ])
    func whatToDoWithOtherTypes(_ type: String, _ advice: String) throws {
        let error = try refusal("x.npy", Self.npy("(3,)", type, payload: 48))
        #expect(error.code == "E1043" && error.fix?.contains(advice) == true, "\(error.fix ?? "")")
    }

    @Test func missingArrays() throws {
        let stored = Self.bytes("stored.npz")
        let unknown = try refusal("a.npz", stored, member: "#f4_litle_C")
        #expect(unknown.code == "E1035" && unknown.fix?.contains("a.npz#f4_little_C") == true && unknown.words.contains("bool_little_C"))
        #expect(try refusal("a.npz", stored).message.contains("holds several arrays"))
        #expect(try refusal("a.npz", stored, member: "#objects").code == "E1042")
        #expect(try refusal("a.npz", stored, member: "#texts").code == "E1043")
        #expect(try refusal("a.npz", stored, member: "#empty").code == "E1045")
        #expect(try refusal("a.npz", stored, member: "#scalar").code == "E1045")
    }

    @Test func archives() throws {
        let (stored, deflated) = (Self.bytes("stored.npz"), Self.bytes("deflated.npz"))
        #expect(try refusal("a.npz", Array("a,b\n1,2\n".utf8), member: "#x").code == "E1034")
        #expect(try refusal("a.npz", Array(stored.prefix(stored.count / 2)), member: "#f4_little_C").code == "E1036")
        // The last byte of the first member's data is that of a number: only the checksum can tell.
        for (bytes, name) in [(stored, "y"), (deflated, "y")] {
            var damaged = bytes
            damaged[name == "y" ? 60 : 0] ^= 0x40
            let code = try refusal("a.npz", damaged, member: "#y").code
            #expect(["E1036", "E1037"].contains(code), "\(code)")
        }
    }

    /// The fields of the directory: encrypted, an unknown method, sizes beyond the file.
    @Test func directories() throws {
        var dice = Dice(state: 7)
        let stored = Self.bytes("stored.npz")
        let directory = try #require(Self.lastDirectory(stored))
        func changed(_ offset: Int, _ values: [UInt8]) -> [UInt8] {
            var bytes = stored
            for (index, value) in values.enumerated() { bytes[directory + offset + index] = value }
            return bytes
        }
        #expect(try refusal("a.npz", changed(8, [1, 0]), member: "#y").code == "E1037")
        #expect(try refusal("a.npz", changed(10, [9, 0]), member: "#y").code == "E1037")
        #expect(try refusal("a.npz", changed(16, [0, 0, 0, 0]), member: "#y").code == "E1036")
        #expect(try refusal("a.npz", changed(20, [255, 255, 255, 127]), member: "#y").code == "E1036")
        // Deflated, it claims two gigabytes of a hundred bytes.
        #expect(try refusal("a.npz", changed(10, [8, 0]).enumerated().map { $0 == directory + 27 ? 127 : $1 }, member: "#y").code == "E1036")
        #expect(try refusal("a.npz", changed(42, [255, 255, 255, 127]), member: "#y").code == "E1036")
        // Whatever else stands there, it is read or refused.
        for _ in 0..<300 {
            var bytes = stored
            for _ in 0...Int.random(in: 0...3, using: &dice) {
                bytes[Int.random(in: 0..<bytes.count, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
            }
            let sample = try Sample()
            try sample.write("a.npz", bytes)
            let data = "inputs: 'a.npz#y', targets: 'a.npz#y', split: none, normalize: none"
            do { _ = try sample.prepare(data, "task: regression") } catch { #expect(sample.codes.contains { $0.hasPrefix("E1") }, "\(sample.codes)") }
        }
    }

    /// Offset of the first member in the directory, which is `y`.
    private static func lastDirectory(_ bytes: [UInt8]) -> Int? {
        (0..<bytes.count - 4).first { bytes[$0] == 0x50 && bytes[$0 + 1] == 0x4B && bytes[$0 + 2] == 1 && bytes[$0 + 3] == 2 }
    }

    @Test func idxFiles() throws {
        let whole = Self.bytes("u1.idx")
        let cases: [(code: String, words: String, bytes: [UInt8])] = [
            ("E1041", "cut short", [0, 0, 8]), ("E1041", "cut short", Array(whole.prefix(7))),
            ("E1040", "little-endian", [3, 8, 0, 0] + whole.dropFirst(4)), ("E1040", "00 00 07 03", [0, 0, 7, 3] + whole.dropFirst(4)),
            ("E1041", "take 12 bytes, behind the header are 11", Array(whole.dropLast())),
            ("E1041", "take 12 bytes, behind the header are 13", whole + [0]),
        ]
        for (code, words, bytes) in cases {
            let error = try refusal("x.idx", bytes)
            #expect(error.code == code && error.words.contains(words), "want \(code) \(words), found \(error.code) \(error.words)")
        }
    }

    @Test func packedFiles() throws {
        let whole = Self.bytes("f8.idx.gz")
        let plain = try refusal("x.idx.gz", Self.bytes("f8.idx"))
        #expect(plain.code == "E1030" && plain.fix?.contains("remove .gz") == true)
        #expect(try refusal("x.npy.gz", Array("<!DOCTYPE html><html>".utf8)).code == "E1009")
        #expect(try refusal("x.npy.gz", Array("version https://git-lfs.github.com/spec/v1\n".utf8)).code == "E1008")
        for count in [1, 2, 9, 10, 11, whole.count / 2, whole.count - 1] {
            #expect(["E1030", "E1031"].contains(try refusal("x.idx.gz", Array(whole.prefix(count))).code), "\(count) bytes")
        }
        var damaged = whole
        damaged[whole.count - 6] ^= 1
        #expect(try refusal("x.idx.gz", damaged).code == "E1032")
        #expect(try refusal("x.idx.gz", whole + Array("more".utf8)).code == "E1032")
        // Zeros behind the data pad a block of a tape.
        let sample = try Sample()
        try sample.write("x.idx.gz", whole + [UInt8](repeating: 0, count: 700))
        let data = "inputs: x.idx.gz, targets: '\(Self.fixtures)/stored.npz#y', split: none, normalize: none"
        #expect(try sample.prepare(data, "task: regression").train.rows == 3)
    }

    /// What would fill the memory is refused by what the file tells, and by what comes where it tells something else; never after taking it.
    @Test func largerThanMemory() throws {
        let whole = Self.bytes("f8.idx.gz")
        let length = Self.bytes("f8.idx").count
        var understated = whole
        understated.replaceSubrange(whole.count - 4..<whole.count, with: [1, 0, 0, 0])
        let sample = try Sample()
        func outcome(_ bytes: [UInt8], limit: Int) throws -> StreamMistake? {
            try sample.write("x.gz", bytes)
            let handle = try #require(FileHandle(forReadingAtPath: sample.path("x.gz")))
            do throws(StreamMistake) {
                let unpacked = try GzipFile.unpacked(handle.fileDescriptor, byteCount: bytes.count, limit: limit)
                #expect(unpacked?.count == length)
                return nil
            } catch {
                return error
            }
        }
        #expect(try outcome(whole, limit: length) == nil)
        #expect(try outcome(whole, limit: length - 1) == .tooLarge(atLeast: length))
        #expect(try outcome(understated, limit: length - 1) != nil)
        #expect(try outcome(whole + whole, limit: 2 * length - 1) == .tooLarge(atLeast: 2 * length))
        #expect(Diagnostic.streamBroken("x.gz", .tooLarge(atLeast: length), at: nil).code == "E1033")
    }
}
