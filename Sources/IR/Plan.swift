/// A buffer's number in its plan.
public struct BufferID: Sendable, Hashable, CustomStringConvertible {
    public let index: Int
    public init(_ index: Int) { self.index = index }
    public var description: String { "b\(index)" }
}

/// Where a buffer lives.
public enum Region: String, Sendable, CaseIterable {
    /// Weights and biases; shared by the training and the inference plan.
    case parameters
    /// Optimizer state.
    case state
    /// The gathered rows of the step.
    case batch
    /// Activations and gradients, placed by liveness.
    case arena
}

/// A stretch of a region.
public struct Buffer: Sendable {
    public let name: String
    public let node: NodeID
    public let region: Region
    /// Byte offset in the region.
    public let offset: Int
    /// Bytes at full capacity.
    public let byteCount: Int
    public let shape: Shape
    public let element: ElementType
    /// First and last instruction (by number) that touch it; the whole tape for what outlives a step.
    public let live: ClosedRange<Int>

    public init(name: String, node: NodeID, region: Region, offset: Int, byteCount: Int, shape: Shape, element: ElementType, live: ClosedRange<Int>) {
        self.name = name
        self.node = node
        self.region = region
        self.offset = offset
        self.byteCount = byteCount
        self.shape = shape
        self.element = element
        self.live = live
    }
}

/// One entry of the tape.
public struct Instruction: Sendable {
    public let op: Op
    public let output: BufferID
    public let inputs: [BufferID]
    public let name: String
    /// Whether its outputs are worth splitting over threads at full capacity.
    public let isParallel: Bool

    public init(op: Op, output: BufferID, inputs: [BufferID], name: String, isParallel: Bool) {
        self.op = op
        self.output = output
        self.inputs = inputs
        self.name = name
        self.isParallel = isParallel
    }
}

/// A flat tape with every buffer placed: all that the executor needs.
public struct Plan: Sendable {
    public let precision: Precision
    /// Rows of the largest batch.
    public let capacity: Int
    public let instructions: [Instruction]
    public let buffers: [Buffer]
    /// Bytes of each region, in the order of `Region.allCases`.
    public let regionByteCounts: [Int]
    /// What predict gives; nil in a training plan that does not need it.
    public let prediction: BufferID?
    public let loss: BufferID?
    /// Gradients by parameter buffer, where the plan computes them.
    public let gradients: [(parameter: BufferID, gradient: BufferID)]

    public init(
        precision: Precision, capacity: Int, instructions: [Instruction], buffers: [Buffer], regionByteCounts: [Int], prediction: BufferID?,
        loss: BufferID?, gradients: [(parameter: BufferID, gradient: BufferID)]
    ) {
        self.precision = precision
        self.capacity = capacity
        self.instructions = instructions
        self.buffers = buffers
        self.regionByteCounts = regionByteCounts
        self.prediction = prediction
        self.loss = loss
        self.gradients = gradients
    }

    public subscript(id: BufferID) -> Buffer { buffers[id.index] }
    /// Bytes of a region.
    public func byteCount(_ region: Region) -> Int { regionByteCounts[Region.allCases.firstIndex(of: region) ?? 0] }
    /// Bytes of the arena if no buffer were shared.
    public var unsharedArenaByteCount: Int { buffers.reduce(0) { $0 + ($1.region == .arena ? $1.byteCount : 0) } }
    public var parameterBuffers: [BufferID] { buffers.indices.filter { buffers[$0].region == .parameters }.map { BufferID($0) } }
    /// A weight or bias ("h1.weight") or an optimizer state by its name; activations and gradients are not found.
    public func buffer(named name: String) -> BufferID? {
        buffers.firstIndex { $0.name == name && ($0.region == .parameters || $0.region == .state) }.map { BufferID($0) }
    }
}

extension Plan: CustomStringConvertible {
    public var description: String {
        var lines = ["plan: \(precision.rawValue), up to \(capacity) row\(capacity == 1 ? "" : "s")"]
        for (region, count) in zip(Region.allCases, regionByteCounts) { lines.append("region \(region.rawValue): \(count) bytes") }
        for (index, buffer) in buffers.enumerated() {
            lines.append(
                "b\(index): \(buffer.region.rawValue)+\(buffer.offset) \(buffer.byteCount) bytes \(buffer.shape) live "
                    + "\(buffer.live.lowerBound)...\(buffer.live.upperBound)  # \(buffer.name)")
        }
        for (index, instruction) in instructions.enumerated() {
            let inputs = instruction.inputs.isEmpty ? "" : "(" + instruction.inputs.map(\.description).joined(separator: ", ") + ")"
            lines.append(
                "\(index): \(instruction.output) = \(instruction.op)\(inputs)\(instruction.isParallel ? " parallel" : "")  # \(instruction.name)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
