import Diagnostics
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Keeps two trainings out of one run folder. The system takes the lock away with the process that held it, however that ended: the file that stays
/// behind locks nothing. Held until this goes.
///
/// A training of one fold alone also shares the lock of the folder above with trainings of other folds, so that none replaces the whole meanwhile.
package final class RunLock {
    static let name = "lock"
    private let descriptor: Int32
    /// Of the folder above, of a fold.
    private var shared: RunLock?

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    private enum Refusal: Error {
        case held(by: String?)
        case system(SystemError)
    }

    /// Errors: E3704 if another process holds it, E3703 if the system refuses the file. The folder checkpoint/ has to be there.
    /// - Parameter shared: a lock that is to be held as long.
    static func take(_ runFolder: String, sharing: Bool = false, with shared: RunLock? = nil, sink: DiagnosticSink) throws(Stopped) -> RunLock {
        let path = "\(runFolder)/\(CheckpointFolder.name)/\(name)"
        do throws(Refusal) {
            let lock = try open(path, O_RDWR | O_CREAT, sharing ? LOCK_SH : LOCK_EX)
            lock.shared = shared
            return lock
        } catch {
            switch error {
            case .held(let process): throw sink.fail(.locked(runFolder, by: process))
            case .system(let error): throw sink.fail(.cannotWrite(path, error))
            }
        }
    }

    /// Writes the process down, for the message that another one gets.
    package func sign() {
        let text = "\(getpid())\n"
        shared?.sign()
        if ftruncate(descriptor, 0) == 0 { _ = text.withCString { pwrite(descriptor, $0, text.utf8.count, 0) } }
    }

    /// For someone who reads; nil if there is none to take or another holds it.
    static func tryTaking(_ runFolder: String) -> RunLock? { try? open("\(runFolder)/\(CheckpointFolder.name)/\(name)", O_RDWR, LOCK_EX) }

    private static func open(_ path: String, _ flags: Int32, _ kind: Int32) throws(Refusal) -> RunLock {
        #if canImport(Glibc)
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o666)
        #elseif canImport(Musl)
        let descriptor = Musl.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o666)
        #else
        let descriptor = Darwin.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o666)
        #endif
        guard descriptor >= 0 else { throw .system(.last) }
        while flock(descriptor, kind | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            // A file system without locks has none to give.
            if errno != EWOULDBLOCK { break }
            let holder = (try? FileSystem.read(path)).map { String(decoding: $0.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) }
            close(descriptor)
            throw .held(by: holder.flatMap { Int32($0) }.map { "\($0)" })
        }
        return RunLock(descriptor: descriptor)
    }
}
