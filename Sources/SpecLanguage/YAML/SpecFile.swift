import Diagnostics
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads the text of a spec file: regular, at most 1 MiB, UTF-8 without NUL.
enum SpecFile {
    static let maximumBytes = 1_048_576

    static func read(_ path: String, namedAt place: SourceRange? = nil, sink: DiagnosticSink) throws(Stopped) -> SourceFile {
        // O_NONBLOCK: opening a pipe must not wait for its writer.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw sink.fail(.specUnreadable(path, String(cString: strerror(errno)), isMissing: errno == ENOENT, place)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw sink.fail(.specUnreadable(path, String(cString: strerror(errno)), isMissing: false, place))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw sink.fail(.specIsNoFile(path, isFolder: status.st_mode & S_IFMT == S_IFDIR, place)) }
        guard Int(status.st_size) <= maximumBytes else { throw sink.fail(.specTooLarge(path, Int(status.st_size), place)) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc_read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw sink.fail(.specUnreadable(path, String(cString: strerror(errno)), isMissing: false, place)) }
            if count == 0 { break }
            bytes += buffer[..<count]
            if bytes.count > maximumBytes { throw sink.fail(.specTooLarge(path, bytes.count, place)) }
        }
        let file = SourceFile(name: path, bytes: bytes)
        // A line of such a text would be shown as holes.
        if let encoding = wideEncoding(bytes) {
            let place = SourceRange(SourceFile(name: path, bytes: []), 0, 0)
            throw sink.fail(.notText(encoding, place, fix: "save it as UTF-8, for example with `iconv -f \(encoding) -t UTF-8`"))
        }
        let other = "is this another kind of file, or a text in Latin-1?"
        if let at = bytes.firstIndex(of: 0) { throw sink.fail(.notText("a NUL byte", SourceRange(file, at, at + 1), fix: other)) }
        if let at = firstBadUTF8(bytes) { throw sink.fail(.notText("bytes that are not UTF-8", SourceRange(file, at, at + 1), fix: other)) }
        return file
    }

    /// By its mark, or by the zeros that ASCII has in it: a spec begins with ASCII.
    private static func wideEncoding(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        let zeros = bytes.prefix(4).map { $0 == 0 }
        switch zeros {
        case [true, true, true, false], [false, true, true, true]: return "UTF-32"
        case [true, false, true, false], [false, true, false, true]: return "UTF-16"
        default: return nil
        }
    }

    /// Offset of the first byte that is no part of valid UTF-8.
    static func firstBadUTF8(_ bytes: [UInt8]) -> Int? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}

private func Glibc_read(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int { read(descriptor, buffer, count) }

extension Diagnostic {
    static func specUnreadable(_ path: String, _ words: String, isMissing: Bool, _ place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0121", isMissing ? "there is no spec file `\(path)`" : "cannot read the spec file `\(path)`: \(words)", at: place,
            fix: !isMissing
                ? nil
                : place.map { "the path is relative to the file that names it, `\($0.file.name)`" } ?? "check the name and the folder you are in")
    }

    static func specIsNoFile(_ path: String, isFolder: Bool, _ place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0122", "`\(path)` is \(isFolder ? "a folder" : "no regular file"), not a spec", at: place,
            fix: isFolder ? "name the .yaml file inside it" : nil)
    }

    static func specTooLarge(_ path: String, _ count: Int, _ place: SourceRange?) -> Diagnostic {
        Diagnostic("E0123", "`\(path)` has \(count) bytes, more than the limit of 1 MiB (1,048,576 bytes)", at: place)
    }

    static func notText(_ what: String, _ range: SourceRange, fix: String) -> Diagnostic {
        Diagnostic("E0124", "a spec is text in UTF-8, found \(what)", at: range, fix: fix)
    }
}
