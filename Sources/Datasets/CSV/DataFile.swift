import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A data file in memory: its name as the user wrote it and its bytes, which are UTF-8 without NUL.
package final class DataFile: Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Reads a file and refuses what is no text table.
    ///
    /// Errors: E10xx; `place` is where the spec or the command line names the file.
    package static func open(
        _ path: String, at place: SourceRange?, isFromCommandLine: Bool = false, sink: DiagnosticSink
    ) throws(Stopped) -> DataFile {
        let descriptor = Self.open(path)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let number = errno
            if descriptor >= 0 { close(descriptor) }
            throw sink.fail(.fileNotOpened(path, errno: number, words: words(number), at: place, isFromCommandLine: isFromCommandLine))
        }
        defer { close(descriptor) }
        if status.st_mode & S_IFMT == S_IFDIR { throw sink.fail(.fileIsFolder(path, at: place)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw sink.fail(.fileIsDevice(path, at: place)) }
        guard let bytes = content(descriptor, byteCount: Int(status.st_size)) else {
            throw sink.fail(.fileNotRead(path, words: words(errno), at: place))
        }
        let file = DataFile(name: path, bytes: bytes)
        if let refusal = FileRefusal.first(of: file) { throw sink.fail(.refused(refusal, file, at: place)) }
        return file
    }

    private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// Not blocking, so that a pipe named as a data file cannot hang the program.
    static func open(_ path: String) -> Int32 {
        #if canImport(Glibc)
        Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        #elseif canImport(Musl)
        Musl.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        #else
        Darwin.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        #endif
    }

    /// The first `byteCount` bytes, fewer if the file shrinks meanwhile; nil if the system refuses (errno tells).
    private static func content(_ descriptor: Int32, byteCount: Int) -> [UInt8]? {
        var isRefused = false
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            while count < byteCount {
                let got = read(descriptor, buffer.baseAddress! + count, byteCount - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { isRefused = true }
                if got <= 0 { break }
                count += got
            }
        }
        return isRefused ? nil : bytes
    }

    /// Physical line of an offset, from 1.
    ///
    /// Complexity: linear; for messages only.
    package func line(of offset: Int) -> Int {
        var line = 1
        for byte in bytes[..<min(max(offset, 0), bytes.count)] where byte == UInt8(ascii: "\n") { line += 1 }
        return line
    }

    /// A stretch of the file as a range of an excerpt that holds its (first) line.
    package func range(_ lower: Int, _ upper: Int) -> SourceRange {
        let lower = min(max(lower, 0), bytes.count)
        var start = lower
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var end = lower
        let limit = min(bytes.count, max(lower, upper) + 400)
        while end < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let excerpt = SourceFile(name: name, bytes: Array(bytes[start..<end]), firstLine: line(of: lower))
        return SourceRange(excerpt, lower - start, max(lower - start, min(upper, end) - start))
    }
}
