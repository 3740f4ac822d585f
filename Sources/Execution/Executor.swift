import IR
import KernelInterface

/// The rows a step gathers its batch from.
public struct BatchSource {
    /// [rows][features] of the plan's precision.
    public var inputs: UnsafeRawPointer
    /// Class numbers (Int32) or [rows][outputs]; nil where the plan has no loss.
    public var targets: UnsafeRawPointer?
    /// [rows]; nil without row weights.
    public var rowWeights: UnsafeRawPointer?
    /// Row numbers in the order in which they are visited.
    public var order: UnsafePointer<Int32>

    public init(inputs: UnsafeRawPointer, targets: UnsafeRawPointer?, rowWeights: UnsafeRawPointer?, order: UnsafePointer<Int32>) {
        self.inputs = inputs
        self.targets = targets
        self.rowWeights = rowWeights
        self.order = order
    }
}

/// Walks a plan's tape. Everything is bound when it is made: a step allocates nothing and looks nothing up.
public final class Executor {
    public let plan: Plan
    /// Weights and biases; may be shared with another plan of the same network.
    public let parameters: MemoryRegion
    public let state: MemoryRegion
    private let storedParameters: StoredBuffers
    private let storedState: StoredBuffers
    private let batch: MemoryRegion
    private let arena: MemoryRegion
    /// Blocks of products, one stretch for each member of the team.
    private let workspace: MemoryRegion
    private let workspaceStride: Int
    private let pool: ThreadPool
    private let isTeam: Bool
    /// Where the tape leaves (sum of weighted row losses, sum of row weights).
    private let totals: UnsafePointer<Double>?
    let kernels: KernelTable
    private let tape: UnsafeMutableBufferPointer<BoundInstruction>
    /// Filled by the caller before each training step.
    public let updateParameters = UnsafeMutablePointer<UpdateParameters>.allocate(capacity: 1)

    /// nil if the system has no memory for the plan.
    public init?(_ plan: Plan, seed: UInt64 = 0, parameters: MemoryRegion? = nil, pool: ThreadPool, set: InstructionSet = .current) {
        guard let parameters = parameters ?? MemoryRegion(byteCount: plan.byteCount(.parameters)),
            let state = MemoryRegion(byteCount: plan.byteCount(.state)), let batch = MemoryRegion(byteCount: plan.byteCount(.batch)),
            let arena = MemoryRegion(byteCount: plan.byteCount(.arena)),
            let workspace = MemoryRegion(byteCount: Executor.workspaceStride(plan) * pool.size)
        else { return nil }
        precondition(parameters.byteCount >= plan.byteCount(.parameters), "the parameters of another network")
        self.plan = plan
        self.parameters = parameters
        self.state = state
        storedParameters = StoredBuffers(.parameters, of: plan, in: parameters)
        storedState = StoredBuffers(.state, of: plan, in: state)
        self.batch = batch
        self.arena = arena
        self.workspace = workspace
        workspaceStride = Executor.workspaceStride(plan)
        self.pool = pool
        isTeam = pool.size > 1
        kernels = KernelTable.of(plan.precision, set)
        let places = [Region.parameters: parameters, .state: state, .batch: batch, .arena: arena].mapValues(\.base)
        func pointer(_ id: BufferID) -> UnsafeMutableRawPointer { (places[plan[id].region] ?? arena.base) + plan[id].offset }
        totals = plan.loss.map { UnsafePointer(pointer($0).assumingMemoryBound(to: Double.self)) }
        updateParameters.initialize(to: UpdateParameters())
        tape = .allocate(capacity: plan.instructions.count)
        for (index, instruction) in plan.instructions.enumerated() {
            let bound = BoundInstruction(instruction, plan: plan, seed: seed, kernels: kernels, pointer: pointer)
            tape.initializeElement(at: index, to: bound)
        }
    }

    /// Whole cache lines, so that members of a team share none.
    private static func workspaceStride(_ plan: Plan) -> Int { (plan.workspaceByteCount + 63) / 64 * 64 }

    deinit {
        for instruction in tape { instruction.release() }
        tape.deinitialize()
        tape.deallocate()
        updateParameters.deallocate()
    }

    /// The bytes of a buffer; those of a weight, its gradient and its state lie as WeightLayout says.
    public func pointer(_ id: BufferID) -> UnsafeMutableRawPointer {
        let buffer = plan[id]
        switch buffer.region {
        case .parameters: return parameters.base + buffer.offset
        case .state: return state.base + buffer.offset
        case .batch: return batch.base + buffer.offset
        case .arena: return arena.base + buffer.offset
        }
    }

    /// Copies all of a buffer that is no batch, row-major.
    public func read(_ id: BufferID, into target: UnsafeMutableRawPointer) {
        let buffer = plan[id]
        let size = buffer.element.byteCount(in: plan.precision)
        let source = pointer(id)
        buffer.stretches { inRows, inMemory, count in (target + inRows * size).copyMemory(from: source + inMemory * size, byteCount: count * size) }
    }

    /// Fills a buffer that is no batch from row-major numbers.
    public func write(_ id: BufferID, from source: UnsafeRawPointer) {
        let buffer = plan[id]
        let size = buffer.element.byteCount(in: plan.precision)
        let target = pointer(id)
        buffer.stretches { inRows, inMemory, count in (target + inMemory * size).copyMemory(from: source + inRows * size, byteCount: count * size) }
    }

    /// Copies the parameters or the optimizer's state, each buffer row-major at its offset in the region.
    public func read(_ region: Region, into memory: MemoryRegion) {
        stored(region).read(into: memory.base)
    }

    /// Takes back what `read` copied.
    public func write(_ region: Region, from memory: MemoryRegion) {
        stored(region).write(from: memory.base)
    }

    private func stored(_ region: Region) -> StoredBuffers {
        precondition(region == .parameters || region == .state, "\(region) does not outlive a step")
        return region == .parameters ? storedParameters : storedState
    }

    /// Runs the tape on rows `first ..< first + rows` of the source's order. `step` addresses the random numbers of dropout.
    /// Precondition: rows <= plan.capacity.
    public func run(_ source: BatchSource, first: Int, rows: Int, step: UInt64 = 0) {
        precondition(rows <= plan.capacity, "\(rows) rows in a plan for \(plan.capacity)")
        let context = StepContext(source: source, first: first, rows: rows, step: step, update: UnsafePointer(updateParameters))
        for index in 0..<tape.count { run(tape.baseAddress! + index, context) }
    }

    @inline(__always)
    private func run(_ instruction: UnsafePointer<BoundInstruction>, _ context: StepContext) {
        guard isTeam, instruction.pointee.work.split != .none else {
            return instruction.run(context, instruction.share(0, of: 1, rows: context.rows, workspace: workspace.base))
        }
        withUnsafePointer(to: TeamWork(instruction: instruction, step: context, workspace: workspace.base, workspaceByteCount: workspaceStride)) {
            work in
            pool.run(work) { raw, part, parts in
                let work = raw.assumingMemoryBound(to: TeamWork.self)
                let share = work.pointee.instruction.share(
                    part, of: parts, rows: work.pointee.step.rows, workspace: work.pointee.workspace + part * work.pointee.workspaceByteCount)
                work.pointee.instruction.run(work.pointee.step, share)
            }
        }
    }

    /// Runs the tape as `run` does and calls `didRun` after each instruction: for measuring where the time goes.
    package func run(_ source: BatchSource, first: Int, rows: Int, step: UInt64 = 0, didRun: (_ instruction: Int) -> Void) {
        let context = StepContext(source: source, first: first, rows: rows, step: step, update: UnsafePointer(updateParameters))
        for index in 0..<tape.count {
            run(tape.baseAddress! + index, context)
            didRun(index)
        }
    }

    /// Whether every parameter is finite.
    public var hasFiniteParameters: Bool {
        storedParameters.allSatisfy { kernels.allFinite($0, $1) == 1 }
    }

    /// Whether so many numbers of the plan's precision are finite.
    package func areFinite(_ numbers: UnsafeRawPointer, _ count: Int) -> Bool { kernels.allFinite(numbers, count) == 1 }

    /// The dot product of two arrays of the plan's precision, in Double, in the one order of lanes.
    public func dotProduct(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Double {
        var total = 0.0
        kernels.addDotProduct(&total, a, b, count)
        return total
    }

    /// (sum of weighted row losses, sum of row weights) of the last run.
    public var lossTotals: (sum: Double, weight: Double) {
        guard let totals else { return (0, 0) }
        return (totals[0], totals[1])
    }
}

/// What changes from step to step.
struct StepContext {
    let source: BatchSource
    let first: Int
    let rows: Int
    let step: UInt64
    let update: UnsafePointer<UpdateParameters>
}

/// An instruction that the team runs together.
private struct TeamWork {
    let instruction: UnsafePointer<BoundInstruction>
    let step: StepContext
    let workspace: UnsafeMutableRawPointer
    /// Of each member.
    let workspaceByteCount: Int
}

/// The numbers of an optimizer step, so that those who fill them need not know the kernels.
public typealias UpdateParameters = KernelInterface.UpdateParameters
