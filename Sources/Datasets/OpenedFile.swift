import Diagnostics
import SpecLanguage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A data file that has been opened, whatever its format; closed when this goes.
final class OpenedFile {
    /// As messages call it.
    let name: String
    let descriptor: Int32
    /// nil for a pipe.
    private(set) var byteCount: Int?
    /// Whether its name says that it is gzip data.
    let isGzip: Bool
    /// Whether the descriptor is this file's own.
    private let isOwn: Bool
    /// When it was written last, as it was opened.
    private let written: (seconds: Int, nanoseconds: Int)

    /// What stands for the standard input.
    static let standardInput = "-"
    static let nameOfStandardInput = "standard input"

    /// - Parameter takesPipes: whether it may be a pipe, or `-` for the standard input.
    /// Errors: E1001 to E1003.
    init(_ path: String, at place: SourceRange?, isFromCommandLine: Bool, takesPipes: Bool = false, sink: DiagnosticSink) throws(Stopped) {
        isGzip = FilePath.ending(of: path) == "gz"
        isOwn = !takesPipes || path != OpenedFile.standardInput
        name = isOwn ? path : OpenedFile.nameOfStandardInput
        descriptor = isOwn ? OpenedFile.open(path, waits: takesPipes && OpenedFile.isPipe(path)) : 0
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let number = errno
            let words = String(cString: strerror(number))
            throw sink.fail(.fileNotOpened(path, errno: number, words: words, at: place, isFromCommandLine: isFromCommandLine))
        }
        written = OpenedFile.written(status)
        switch status.st_mode & S_IFMT {
        case S_IFREG: byteCount = Int(status.st_size)
        case S_IFDIR: throw sink.fail(.fileIsFolder(name, at: place))
        // A device never ends.
        case S_IFIFO where takesPipes, S_IFSOCK where takesPipes: byteCount = nil
        case S_IFCHR where !isOwn: byteCount = nil
        default: throw sink.fail(.fileIsDevice(path, at: place))
        }
    }

    deinit { if isOwn, descriptor >= 0 { close(descriptor) } }

    /// Whether someone has written to the file, or shortened it, since it was opened: then what was read may be of two files.
    var hasChanged: Bool {
        var status = stat()
        guard let byteCount, fstat(descriptor, &status) == 0 else { return false }
        return Int(status.st_size) != byteCount || OpenedFile.written(status) != written
    }

    private static func written(_ status: stat) -> (seconds: Int, nanoseconds: Int) {
        #if canImport(Darwin)
        (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #else
        (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #endif
    }

    /// Not waiting, so that a pipe named as a data file cannot hang the program where it is not wanted.
    static func open(_ path: String, waits: Bool = false) -> Int32 {
        let flags = O_RDONLY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK)
        #if canImport(Glibc)
        return Glibc.open(path, flags)
        #elseif canImport(Musl)
        return Musl.open(path, flags)
        #else
        return Darwin.open(path, flags)
        #endif
    }

    private static func isPipe(_ path: String) -> Bool { kind(path) == S_IFIFO }

    /// Whether it is a file, of which a second reading gives the same bytes, and neither a pipe nor the standard input.
    static func canBeReadTwice(_ path: String) -> Bool { path != standardInput && kind(path) == S_IFREG }

    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// The bytes one after the other, unpacked if they are gzip data.
    func stream(sink: DiagnosticSink) throws(Stopped) -> any ByteStream {
        let plain = DescriptorStream(descriptor)
        guard isGzip else { return plain }
        guard let stream = InflatedStream(plain, .gzip) else { throw sink.fail(.noMemoryForData(name, 1 << 16)) }
        return stream
    }

    /// All bytes, in memory, unpacked if they are gzip data. Errors: E1004, E103x, E3902, E3991.
    func unpackedBytes(at place: SourceRange?, memoryLimit: MemoryLimit, sink: DiagnosticSink) throws(Stopped) -> FileBytes {
        let bytes: FileBytes?
        do throws(StreamMistake) {
            if isGzip, let byteCount {
                bytes = try GzipFile.unpacked(descriptor, byteCount: byteCount, limit: memoryLimit.byteCount)
            } else if isGzip {
                bytes = try InflatedStream(DescriptorStream(descriptor), .gzip)?.all(limit: memoryLimit.byteCount)
            } else {
                bytes = try DescriptorStream(descriptor).all(limit: memoryLimit.byteCount)
            }
        } catch {
            if case .tooLarge(let count) = error, count <= Machine.memoryByteCount {
                try memoryLimit.check(name, takes: count, at: place, sink: sink)
            }
            throw sink.fail(broken(error, at: place))
        }
        guard let bytes else { throw sink.fail(.noMemoryForData(name, byteCount ?? 0)) }
        return bytes
    }

    /// What is to be said when its bytes stop coming. What a download or a clone leaves in the place of packed data is called by its name.
    func broken(_ mistake: StreamMistake, at place: SourceRange?) -> Diagnostic {
        var opening = [UInt8](repeating: 0, count: 256)
        if mistake == .notGzip, byteCount != nil {
            let count = pread(descriptor, &opening, opening.count, 0)
            let refusal = opening.withUnsafeBytes { FileRefusal.opening(UnsafeRawBufferPointer(rebasing: $0[..<max(count, 0)])) }
            if let refusal { return .refusedArray(refusal, name, at: place) }
        }
        return .streamBroken(name, mistake, at: place)
    }

    /// The bytes for an array: mapped if the file is no gzip and no pipe, else unpacked into memory. Errors: E1004, E103x, E3902,
    /// E3991.
    func arrayBytes(at place: SourceRange?, memoryLimit: MemoryLimit, sink: DiagnosticSink) throws(Stopped) -> ArrayBytes {
        guard let byteCount, !isGzip else {
            let bytes = try unpackedBytes(at: place, memoryLimit: memoryLimit, sink: sink)
            return ArrayBytes(bytes.memory, count: bytes.count)
        }
        guard let bytes = ArrayBytes(mapping: self, count: byteCount) else {
            throw sink.fail(.fileNotRead(name, words: String(cString: strerror(errno)), at: place))
        }
        return bytes
    }
}
