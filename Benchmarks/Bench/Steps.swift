import Compiler
import Execution
import IR
import Peak
import RandomStreams
import Training
#if arch(x86_64)
import PeakAVX512
#endif

/// Microseconds of a training step: gather a batch of resident rows, forward, loss, backward, update, as the trainer does it.
enum Steps {
    static func secondsPerStep(_ workload: Workload, threads: Int, rounds: Int) -> Double {
        guard let executor = Executor(workload.plan, pool: ThreadPool(size: threads)) else { fail("no memory") }
        InitialWeights.fill(executor, network: workload.network, seed: 0)
        var clock = UpdateClock(workload.spec.optimizer)
        var isFinite = true
        let seconds = workload.withSource { source in
            best(of: rounds) {
                for batch in 0..<Workload.batches {
                    clock.advance(into: executor.updateParameters)
                    executor.run(source, first: batch * workload.batchRows, rows: workload.batchRows, step: UInt64(clock.step))
                    isFinite = isFinite && executor.lossTotals.sum.isFinite
                }
            }
        }
        guard isFinite else { fail("\(workload.name) diverged") }
        return seconds / Double(Workload.batches)
    }

    /// Microseconds of each instruction of a step, the mean over the steps of the best stretch. Reading the clock costs about 0.03 of it.
    static func profile(_ workload: Workload, threads: Int, rounds: Int) -> [(name: String, op: String, microseconds: Double)] {
        guard let executor = Executor(workload.plan, pool: ThreadPool(size: threads)) else { fail("no memory") }
        InitialWeights.fill(executor, network: workload.network, seed: 0)
        var clock = UpdateClock(workload.spec.optimizer)
        let count = workload.plan.instructions.count
        var shortest = [Double](repeating: .infinity, count: count)
        var total = Double.infinity
        workload.withSource { source in
            for _ in 0..<rounds * 4 {
                var sums = [Double](repeating: 0, count: count)
                let start = now
                for batch in 0..<Workload.batches {
                    clock.advance(into: executor.updateParameters)
                    var last = now
                    executor.run(source, first: batch * workload.batchRows, rows: workload.batchRows, step: UInt64(clock.step)) { index in
                        let time = now
                        sums[index] += time - last
                        last = time
                    }
                }
                let end = now
                if end - start < total { (total, shortest) = (end - start, sums) }
            }
        }
        return zip(workload.plan.instructions, shortest).map { ($0.name, "\($0.op)", $1 / Double(Workload.batches) * 1e6) }
    }

    /// Rows per second of the forward graph alone, 256 rows at a time, as predict runs it.
    static func rowsPerSecond(_ workload: Workload, threads: Int, rounds: Int) -> Double {
        let rows = min(256, workload.order.count)
        let plan = Pipeline.inferencePlan(workload.network, batchRows: rows, precision: .float32, withLoss: false, hasRowWeights: false)
        guard let executor = Executor(plan, pool: ThreadPool(size: threads)) else { fail("no memory") }
        InitialWeights.fill(executor, network: workload.network, seed: 0)
        let seconds = workload.withSource { source in best(of: rounds) { executor.run(source, first: 0, rows: rows) } }
        return Double(rows) / seconds
    }

    /// Operations per second of fused multiply-adds in registers, all threads at once.
    static func peak(threads: Int, rounds: Int) -> Double {
        let pool = ThreadPool(size: threads)
        let steps = 200_000
        var factor: Float = 0.5
        let seconds = withUnsafePointer(to: &factor) { factor in
            best(of: rounds) {
                pool.run(factor) { factor, _, _ in
                    let x = factor.assumingMemoryBound(to: Float.self).pointee
                    if Steps.multiplyAdds(200_000, x).isNaN { fail("impossible") }
                }
            }
        }
        return Double(operations(steps) * pool.size) / seconds
    }

    /// Seconds of a job without work: what it costs to hand one to the team and to wait for it.
    static func secondsPerJob(threads: Int, rounds: Int) -> Double {
        let pool = ThreadPool(size: threads)
        var nothing = 0
        return withUnsafePointer(to: &nothing) { nothing in
            best(of: rounds) { for _ in 0..<100 { pool.run(nothing) { _, _, _ in } } } / 100
        }
    }

    static func secondsPerShuffle(_ count: Int, rounds: Int) -> Double {
        var order = (0..<Int32(count)).map { $0 }
        return best(of: rounds) { RandomStream(seed: 0, name: "shuffle").shuffle(&order, substream: 1) }
    }

    private static let isWide = InstructionSet.current == .avx512

    private static func multiplyAdds(_ steps: Int, _ factor: Float) -> Float {
        #if arch(x86_64)
        if isWide { return PeakAVX512.multiplyAdds(steps, factor, 1) }
        #endif
        return Peak.multiplyAdds(steps, factor, 1)
    }

    private static func operations(_ steps: Int) -> Int {
        #if arch(x86_64)
        if isWide { return PeakAVX512.multiplyAddOperations(steps) }
        #endif
        return Peak.multiplyAddOperations(steps)
    }
}
