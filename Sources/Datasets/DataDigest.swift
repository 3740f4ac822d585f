import SpecLanguage
import Synchronization

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
    public static func all(of spec: Spec) -> [DataDigest] { all(of: spec) { false } }

    /// - Parameter isGivenUp: asked again and again; once it says so, what is left gets no digest.
    fileprivate static func all(of spec: Spec, isGivenUp: () -> Bool) -> [DataDigest] {
        paths(of: spec).map { DataDigest(file: $0, digest: digest($0, isGivenUp)) }
    }

    fileprivate static func paths(of spec: Spec) -> [String] {
        let paths: [Sourced<String>?] =
            switch spec.data.files {
            case .single(let path): [path]
            case .parts(let train, let validation, let test): [train, validation, test]
            }
        var result: [String] = []
        let files = paths.compactMap { $0 } + spec.data.targetFiles
        for path in files.map({ DataFileName($0.value, format: spec.data.format.value).path }) where !result.contains(path) { result.append(path) }
        return result
    }

    private static func digest(_ path: String, _ isGivenUp: () -> Bool) -> String? {
        let descriptor = OpenedFile.open(path)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var sum = SHA256()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { piece.deallocate() }
        while !isGivenUp() {
            let got = read(descriptor, piece.baseAddress, piece.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { return nil }
            if got == 0 { return "sha256:" + sum.hexDigest() }
            sum.update(UnsafeRawBufferPointer(rebasing: piece[..<got]))
        }
        return nil
    }
}

/// What the system says of the data files of a spec: another file under a name, or a file written to, has another stamp.
public struct DataStamp: Sendable, Equatable {
    private struct File: Sendable, Equatable {
        var path: String
        /// Device, inode, size, and seconds and nanoseconds of the last change; empty if there is no such file.
        var numbers: [Int64]
    }
    private let files: [File]

    public init(of spec: Spec) {
        files = DataDigest.paths(of: spec).map { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return File(path: path, numbers: []) }
            #if canImport(Darwin)
            let time = status.st_mtimespec
            #else
            let time = status.st_mtim
            #endif
            return File(
                path: path,
                numbers: [
                    Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino), Int64(status.st_size), Int64(time.tv_sec),
                    Int64(time.tv_nsec),
                ])
        }
    }

    /// The files that are others now; not those that are gone, which is told where they are opened.
    public func changes(to now: DataStamp) -> [String] { zip(files, now.files).filter { $0 != $1 && !$1.numbers.isEmpty }.map(\.0.path) }
}

/// The digests of a spec's data files, computed beside a training: SHA-256 takes as long as reading the numbers, and nothing waits for it.
///
/// @unchecked: `result` is written by the thread, and read after it has been joined.
public final class DigestsInBackground: @unchecked Sendable {
    private let spec: Spec
    private let isGivenUp = Atomic<Bool>(false)
    private var result: [DataDigest] = []
    private var thread: pthread_t?

    public init(of spec: Spec) {
        self.spec = spec
        // The thread has no share in this object: whoever made it waits for the thread before it goes.
        let raw = Unmanaged.passUnretained(self).toOpaque()
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(
            &thread, nil,
            { raw in
                Unmanaged<DigestsInBackground>.fromOpaque(raw).takeUnretainedValue().work()
                return nil
            }, raw)
        #else
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<DigestsInBackground>.fromOpaque(raw).takeUnretainedValue().work() }
                return nil
            }, raw)
        #endif
        self.thread = code == 0 ? thread : nil
        if code != 0 { work() }
    }

    deinit {
        isGivenUp.store(true, ordering: .relaxed)
        join()
    }

    private func work() { result = DataDigest.all(of: spec) { isGivenUp.load(ordering: .relaxed) } }

    private func join() {
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    /// Waits for the last digest.
    public func wait() -> [DataDigest] {
        join()
        return result
    }
}
