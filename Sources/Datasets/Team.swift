import Synchronization
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Threads for work that is cut into pieces: reading and writing files. Each piece is done once, by whoever is free.
///
/// What a piece computes must not depend on who does it, or when: then the result is the same on any number of threads.
package enum Team {
    /// Does pieces 0 ..< count and returns when all are done; the caller's thread works too.
    package static func run(_ count: Int, threads: Int, _ body: (_ piece: Int) -> Void) {
        guard count > 1, threads > 1 else { return (0..<max(count, 0)).forEach(body) }
        withoutActuallyEscaping(body) { body in
            let job = Job(count, body)
            var helpers: [pthread_t] = []
            for _ in 1..<min(threads, count) {
                guard let helper = job.start() else { break }
                helpers.append(helper)
            }
            job.work()
            for helper in helpers { pthread_join(helper, nil) }
        }
    }

    /// @unchecked: the body is called by several threads at once, each time with a piece of its own.
    private final class Job: @unchecked Sendable {
        private let next = Atomic<Int>(0)
        private let count: Int
        private let body: (Int) -> Void

        init(_ count: Int, _ body: @escaping (Int) -> Void) {
            self.count = count
            self.body = body
        }

        func work() {
            while true {
                let piece = next.add(1, ordering: .relaxed).oldValue
                guard piece < count else { return }
                body(piece)
            }
        }

        /// nil if the system gives no thread; the others then do its share.
        func start() -> pthread_t? {
            let raw = Unmanaged.passRetained(self)
            #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(
                &thread, nil,
                { raw in
                    Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().work()
                    return nil
                }, raw.toOpaque())
            #else
            var thread = pthread_t()
            let code = pthread_create(
                &thread, nil,
                { raw in
                    if let raw { Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().work() }
                    return nil
                }, raw.toOpaque())
            #endif
            if code != 0 { raw.release() }
            return code == 0 ? thread : nil
        }
    }

    /// Cores this process may use; taskset and containers are known.
    package static let coreCount: Int = {
        #if os(Linux)
        if let count = allowedCores, count > 0 { return count }
        #endif
        return max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
    }()

    #if os(Linux)
    /// Bits set in the line `Cpus_allowed:` of /proc/self/status.
    private static var allowedCores: Int? {
        let file = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
        let mask = lines.first { $0.hasPrefix("Cpus_allowed:") }?.dropFirst("Cpus_allowed:".count)
        return mask?.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    }
    #endif
}
