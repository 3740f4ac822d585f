#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A refused system call: its errno and the system's words for it.
struct SystemError: Error {
    let number: Int32

    static var last: SystemError { SystemError(number: errno) }

    /// "No space left on device".
    var words: String { String(cString: strerror(number)) }
}

/// The few questions about files that this room asks the system.
enum FileSystem {
    enum Kind { case file, folder, other }

    /// What stands at a path (links are followed); nil if nothing does.
    static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// The names in a folder, in no order; empty if it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            names.append(String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)))
        }
        return names
    }

    /// The whole content of a file. Devices and pipes are refused: they may have no end.
    static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(number: EINVAL) }
        return try bytes(descriptor, expected: Int(status.st_size))
    }

    private static func bytes(_ descriptor: Int32, expected: Int) throws(SystemError) -> [UInt8] {
        var result: [UInt8] = []
        var failure: SystemError?
        var capacity = max(expected, 0) + 1
        while failure == nil {
            let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                while count < capacity {
                    let got = Self.read(descriptor, buffer.baseAddress! + count, capacity - count)
                    if got < 0 { failure = .last }
                    if got <= 0 { break }
                    count += got
                }
            }
            if result.isEmpty { result = chunk } else { result += chunk }
            if chunk.count < capacity { break }
            capacity = 1 << 16
        }
        if let failure { throw failure }
        return result
    }

    /// `read` that goes on after a signal.
    private static func read(_ descriptor: Int32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        while true {
            #if canImport(Glibc)
            let got = Glibc.read(descriptor, target, count)
            #elseif canImport(Musl)
            let got = Musl.read(descriptor, target, count)
            #else
            let got = Darwin.read(descriptor, target, count)
            #endif
            if got >= 0 || errno != EINTR { return got }
        }
    }

    /// The path without its last part: "a/b/" -> "a", "b" -> ".", "/b" -> "/".
    static func parent(_ path: String) -> String {
        var rest = Array(path.utf8)
        let slash = UInt8(ascii: "/")
        while rest.count > 1, rest.last == slash { rest.removeLast() }
        while let last = rest.last, last != slash { rest.removeLast() }
        while rest.count > 1, rest.last == slash { rest.removeLast() }
        return rest.isEmpty ? "." : String(decoding: rest, as: UTF8.self)
    }

    /// The path itself, or the nearest part above it at which something stands.
    static func nearestExisting(_ path: String) -> String {
        var at = path
        while kind(at) == nil {
            let above = parent(at)
            if above == at { break }
            at = above
        }
        return at
    }

    /// Makes a folder and those above it that are missing.
    static func makeFolder(_ path: String) throws(SystemError) {
        var missing: [String] = []
        var at = path
        while kind(at) == nil {
            missing.append(at)
            let above = parent(at)
            if above == at { break }
            at = above
        }
        if kind(at) != .folder { throw SystemError(number: ENOTDIR) }
        for folder in missing.reversed() where mkdir(folder, 0o777) != 0 && errno != EEXIST { throw .last }
    }
}
