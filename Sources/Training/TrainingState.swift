import Execution
import IR

/// How far a training has come within its epochs.
package struct TrainingPosition: Sendable, Equatable {
    /// The epoch in progress, from 1.
    package var epoch: Int
    /// Batches of it that are done.
    package var batch = 0
    /// The weighted losses and the weights of their rows, summed over these batches.
    package var lossSum = 0.0
    package var weightSum = 0.0

    /// The start of an epoch.
    package init(epoch: Int) { self.epoch = epoch }
}

/// Everything beside weights and optimizer state that the rest of a training depends on: plain values. The order of the rows, dropout and the
/// schedules are functions of these and the spec.
package struct TrainingState: Sendable {
    package var position: TrainingPosition
    package var clock: UpdateClock.Memory
    package var progress: TrainingProgress

    package init(position: TrainingPosition, clock: UpdateClock.Memory, progress: TrainingProgress) {
        self.position = position
        self.clock = clock
        self.progress = progress
    }
}

/// A stretch of memory that belongs to the state: weights, optimizer state, or the best weights. Valid while its trainer lives.
package struct StateTensor {
    /// "parameters/h1.weight", "optimizer/h1.weight.m", "best/h1.weight".
    package let name: String
    package let shape: [Int]
    /// 4: Float, 8: Double.
    package let elementByteCount: Int
    package let bytes: UnsafeMutableRawBufferPointer

    package init(name: String, shape: [Int], elementByteCount: Int, bytes: UnsafeMutableRawBufferPointer) {
        self.name = name
        self.shape = shape
        self.elementByteCount = elementByteCount
        self.bytes = bytes
    }
}

/// The last state of which every number was finite, kept beside the one that the steps change.
final class GoodState {
    private let parameters: MemoryRegion
    private let optimizer: MemoryRegion
    private(set) var position: TrainingPosition
    private(set) var clock: UpdateClock.Memory

    /// nil if the system has no memory.
    init?(of executor: Executor, position: TrainingPosition, clock: UpdateClock.Memory) {
        guard let parameters = MemoryRegion(byteCount: executor.parameters.byteCount),
            let optimizer = MemoryRegion(byteCount: executor.state.byteCount)
        else { return nil }
        self.parameters = parameters
        self.optimizer = optimizer
        self.position = position
        self.clock = clock
        capture(executor, position: position, clock: clock)
    }

    func capture(_ executor: Executor, position: TrainingPosition, clock: UpdateClock.Memory) {
        executor.read(.parameters, into: parameters)
        executor.read(.state, into: optimizer)
        self.position = position
        self.clock = clock
    }

    /// What was read into `tensors` stands at this place.
    func set(position: TrainingPosition, clock: UpdateClock.Memory) {
        self.position = position
        self.clock = clock
    }

    func copy(to executor: Executor) {
        executor.write(.parameters, from: parameters)
        executor.write(.state, from: optimizer)
    }

    /// Copies what another plan of the same network has under the same names.
    func copy(from plan: Plan, toOther executor: Executor) {
        for tensor in tensors(of: plan, best: nil) {
            guard let slash = tensor.name.firstIndex(of: "/"), let base = tensor.bytes.baseAddress,
                let id = executor.plan.buffer(named: String(tensor.name[tensor.name.index(after: slash)...]))
            else { continue }
            executor.write(id, from: base)
        }
    }

    /// All stretches of the state, in the order of the plan.
    func tensors(of plan: Plan, best: MemoryRegion?) -> [StateTensor] {
        func list(_ prefix: String, _ region: Region, _ memory: MemoryRegion) -> [StateTensor] {
            plan.buffers.filter { $0.region == region }.map { buffer in
                let elementByteCount = buffer.element.byteCount(in: plan.precision)
                let byteCount = buffer.shape.elementsPerRow * elementByteCount
                return StateTensor(
                    name: "\(prefix)/\(buffer.name)", shape: buffer.shape.dimensions, elementByteCount: elementByteCount,
                    bytes: UnsafeMutableRawBufferPointer(start: memory.base + buffer.offset, count: byteCount))
            }
        }
        return list("parameters", .parameters, parameters) + list("optimizer", .state, optimizer)
            + (best.map { list("best", .parameters, $0) } ?? [])
    }
}
