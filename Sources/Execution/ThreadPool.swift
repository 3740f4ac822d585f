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
/// A worker looks out for the next job without a pause at first, for it usually follows at once; then it lets others run between two looks, for
/// about a millisecond, since waking a sleeper would cost more than most instructions that one thread does alone; then it sleeps.
///
/// @unchecked: `job` is written only between jobs, and published and taken through the `generation` and `pending` atomics; so the runtime need not
/// check accesses either.
public final class ThreadPool: @unchecked Sendable {
    /// Does one part of a job; a C function with its context, so that a job costs no allocation.
    public typealias Job = @convention(c) (_ context: UnsafeRawPointer, _ part: Int, _ parts: Int) -> Void

    /// Threads that work, the caller's included; fewer than asked for where the system gives no more.
    @exclusivity(unchecked) public private(set) var size: Int
    @exclusivity(unchecked) private var job: Job?
    @exclusivity(unchecked) private var context: UnsafeRawPointer?
    private let generation = Atomic<Int>(0)
    private let pending = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)
    private let sleepers = Atomic<Int>(0)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var threads: [pthread_t] = []
    private static let looks = 20_000
    private static let looksWithYield = 3_000
    private static let looksForWorkers = 2_000

    public init(size: Int) {
        self.size = 1
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        while self.size < size, startWorker(self.size) { self.size += 1 }
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
    public func run(_ context: UnsafeRawPointer, _ body: Job) {
        guard size > 1 else { return body(context, 0, 1) }
        job = body
        self.context = context
        pending.store(size - 1, ordering: .relaxed)
        generation.add(1, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wakeSleepers() }
        body(context, 0, size)
        var spins = 0
        while pending.load(ordering: .acquiring) > 0 {
            spins += 1
            // A worker that is not running now needs this core.
            if spins > ThreadPool.looksForWorkers { sched_yield() }
        }
        job = nil
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

    /// Whether the system gave a thread.
    private func startWorker(_ part: Int) -> Bool {
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
        guard code == 0 else {
            start.release()
            return false
        }
        #if canImport(Darwin)
        if let thread { threads.append(thread) }
        #else
        threads.append(thread)
        #endif
        return true
    }

    private func work(_ part: Int) {
        var seen = 0
        while true {
            waitForNext(after: seen)
            if isStopping.load(ordering: .acquiring) { return }
            seen = generation.load(ordering: .acquiring)
            let parts = size
            if let job, let context { job(context, part, parts) }
            pending.subtract(1, ordering: .releasing)
        }
    }

    private func waitForNext(after seen: Int) {
        func isDone() -> Bool {
            generation.load(ordering: .sequentiallyConsistent) != seen || isStopping.load(ordering: .sequentiallyConsistent)
        }
        for _ in 0..<ThreadPool.looks {
            if isDone() { return }
        }
        for _ in 0..<ThreadPool.looksWithYield {
            if isDone() { return }
            sched_yield()
        }
        pthread_mutex_lock(mutex)
        sleepers.add(1, ordering: .sequentiallyConsistent)
        while !isDone() { pthread_cond_wait(condition, mutex) }
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
    }
}
