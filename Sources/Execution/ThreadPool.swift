import Synchronization
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A fixed team of threads that runs one job at a time, each member its own part. Splits outputs only, so results never depend on its size.
///
/// A worker spins for a short while after a job, for the next one usually follows at once, and sleeps on a condition after that.
///
/// @unchecked: `job` is written only between jobs, and published and taken through the `generation` and `pending` atomics.
public final class ThreadPool: @unchecked Sendable {
    /// A part of a job: its number and the number of parts.
    public typealias Job = (_ part: Int, _ parts: Int) -> Void

    public let size: Int
    private var job: Job?
    private let generation = Atomic<Int>(0)
    private let pending = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)
    private let sleepers = Atomic<Int>(0)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var threads: [pthread_t] = []
    private static let spins = 20_000

    public init(size: Int) {
        self.size = max(size, 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        for part in 1..<max(self.size, 2) where part < self.size { startWorker(part) }
    }

    deinit {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        wakeSleepers()
        for thread in threads { pthread_join(thread, nil) }
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs every part and returns when all are done; the caller's thread takes part 0.
    public func run(_ body: Job) {
        guard size > 1 else { return body(0, 1) }
        withoutActuallyEscaping(body) { body in
            job = body
            pending.store(size - 1, ordering: .relaxed)
            generation.add(1, ordering: .sequentiallyConsistent)
            if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wakeSleepers() }
            body(0, size)
            while pending.load(ordering: .acquiring) > 0 { pause() }
            job = nil
        }
    }

    private func wakeSleepers() {
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    private final class Start {
        unowned(unsafe) let pool: ThreadPool
        let part: Int
        init(_ pool: ThreadPool, _ part: Int) {
            self.pool = pool
            self.part = part
        }
    }

    private func startWorker(_ part: Int) {
        let start = Unmanaged.passRetained(Start(self, part))
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(
            &thread, nil,
            { raw in
                let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
                start.pool.work(start.part)
                return nil
            }, start.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
                start.pool.work(start.part)
                return nil
            }, start.toOpaque())
        #endif
        precondition(code == 0, "the system gave no thread (error \(code))")
        #if canImport(Darwin)
        if let thread { threads.append(thread) }
        #else
        threads.append(thread)
        #endif
    }

    private func work(_ part: Int) {
        var seen = 0
        while true {
            waitForNext(after: seen)
            if isStopping.load(ordering: .acquiring) { return }
            seen = generation.load(ordering: .acquiring)
            job?(part, size)
            pending.subtract(1, ordering: .releasing)
        }
    }

    private func waitForNext(after seen: Int) {
        func isDone() -> Bool {
            generation.load(ordering: .sequentiallyConsistent) != seen || isStopping.load(ordering: .sequentiallyConsistent)
        }
        for _ in 0..<ThreadPool.spins {
            if isDone() { return }
            pause()
        }
        pthread_mutex_lock(mutex)
        sleepers.add(1, ordering: .sequentiallyConsistent)
        while !isDone() { pthread_cond_wait(condition, mutex) }
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
    }

    /// Lets the other hardware thread of the core go first.
    @inline(__always)
    private func pause() { _ = pending.load(ordering: .relaxed) }
}
