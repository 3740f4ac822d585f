import SpecLanguage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What identifies a data file: the digest of its raw bytes.
public struct DataDigest: Sendable, Equatable {
    /// The path as the spec names it.
    public let file: String
    /// "sha256:" and 64 hexadecimal digits; nil if the file could not be read (any more).
    public let digest: String?

    public init(file: String, digest: String?) {
        self.file = file
        self.digest = digest
    }

    /// The digests of the data files of a spec: training first, none twice. Reads each file once, in pieces, and reports nothing.
    public static func all(of spec: Spec) -> [DataDigest] {
        let paths: [Sourced<String>?] =
            switch spec.data.files {
            case .single(let path): [path]
            case .parts(let train, let validation, let test): [train, validation, test]
            }
        var result: [DataDigest] = []
        for path in paths.compactMap({ $0?.value }) where !result.contains(where: { $0.file == path }) {
            result.append(DataDigest(file: path, digest: digest(path)))
        }
        return result
    }

    private static func digest(_ path: String) -> String? {
        let descriptor = DataFile.open(path)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var sum = SHA256()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { piece.deallocate() }
        while true {
            let got = read(descriptor, piece.baseAddress, piece.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { return nil }
            if got == 0 { return "sha256:" + sum.hexDigest() }
            sum.update(UnsafeRawBufferPointer(rebasing: piece[..<got]))
        }
    }
}
