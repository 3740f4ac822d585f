import Datasets
import SpecLanguage
import Testing

@Suite struct DigestTests {
    private func digest(_ bytes: [UInt8], piece: Int) -> String {
        var sum = SHA256()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            Array(bytes[start..<min(start + piece, bytes.count)]).withUnsafeBytes { sum.update($0) }
        }
        return sum.hexDigest()
    }

    /// The examples of FIPS 180-4.
    @Test(arguments: [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func examples(_ text: String, _ count: Int, _ expected: String) {
        let bytes = Array(String(repeating: text, count: count).utf8)
        for piece in [1, 7, 63, 64, 65, 1000, 1_000_000] where bytes.count < 1000 || piece >= 63 { #expect(digest(bytes, piece: piece) == expected) }
    }

    /// How the bytes come does not matter, at any length around a block's end.
    @Test func pieces() {
        let bytes = (0..<200).map { UInt8($0) }
        var seen: Set<String> = []
        for count in 0...200 {
            let whole = digest(Array(bytes[..<count]), piece: 200)
            #expect(digest(Array(bytes[..<count]), piece: 3) == whole)
            #expect(seen.insert(whole).inserted)
        }
    }

    @Test func filesOfASpec() throws {
        let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let sample = try Sample(["a.csv": "abc"])
        #expect(DataDigest.all(of: try sample.spec("path: a.csv, target: y")) == [DataDigest(file: sample.path("a.csv"), digest: abc)])
        let parts = DataDigest.all(of: try sample.spec("train: a.csv, validation: a.csv, test: gone.csv, target: y"))
        #expect(parts == [DataDigest(file: sample.path("a.csv"), digest: abc), DataDigest(file: sample.path("gone.csv"), digest: nil)])
        try sample.makeFolder("folder.csv")
        #expect(DataDigest.all(of: try sample.spec("path: folder.csv, target: y")).first?.digest == nil)
    }
}
