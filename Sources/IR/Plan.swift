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

    /// Calls `body` for every stretch of elements that lie together in rows and in memory. Precondition: no batch.
    public func stretches(_ body: (_ inRows: Int, _ inMemory: Int, _ count: Int) -> Void) {
        precondition(!shape.isBatched, "\(name) is a batch")
        if let layout = WeightLayout(shape) { layout.stretches(body) } else { body(0, 0, shape.elementsPerRow) }
    }
}

/// How an instruction is carried out: by whom, and in which pieces. The results do not depend on it.
public struct Work: Sendable, Hashable {
    /// The side of the output that a team shares; outputs are split, never sums.
    public enum Split: String, Sendable {
        /// One thread does it all.
        case none
        /// Rows, columns of a vector, or elements: what the kernel counts in.
        case rows
        /// Columns of a product.
        case columns
    }
    public var split: Split
    /// Members of a team take whole multiples of so many.
    public var grain: Int
    /// For products; nil reads both operands where they lie.
    public var blocking: Blocking?
    /// Rows of a weight's (or bias's) gradient that are made, and used up, at a time; they lie in the thread's workspace. 0 for other instructions.
    public var rowsAtATime: Int
    /// Columns of them, in whole panels.
    public var columnsAtATime: Int

    public init(split: Split, grain: Int, blocking: Blocking?, rowsAtATime: Int = 0, columnsAtATime: Int = .max) {
        self.split = split
        self.grain = grain
        self.blocking = blocking
        self.rowsAtATime = rowsAtATime
        self.columnsAtATime = columnsAtATime
    }

    /// Where in a thread's workspace the rows of a gradient lie: in the cache line behind the copies of operands.
    public func gradientOffset(_ precision: Precision) -> Int { ((blocking?.workspaceElementCount ?? 0) * precision.byteCount + 63) / 64 * 64 }

    /// Elements of the gradient's rows in the workspace, for a weight of so many columns.
    public func gradientElementCount(columns: Int) -> Int {
        let widest = WeightLayout.widestPanel
        return rowsAtATime * (columnsAtATime > columns - widest ? columns : columnsAtATime - 1 + widest)
    }

    public static let whole = Work(split: .none, grain: 1, blocking: nil)
}

/// What a product copies into the workspace of a thread.
public struct Blocking: Sendable, Hashable {
    /// Steps of the sum over k that are copied at a time.
    public var k: Int
    /// Rows of the first operand that are copied together; 0 reads it where it lies.
    public var rows: Int

    public init(k: Int, rows: Int) {
        self.k = k
        self.rows = rows
    }

    /// Elements of the workspace: rows of the first operand in whole dozens, a panel of the second, and what it is copied through.
    public var workspaceElementCount: Int { k * ((rows + 11) / 12 * 12 + WeightLayout.widestPanel) + 2 * 32 * WeightLayout.widestPanel }
}

/// One entry of the tape.
public struct Instruction: Sendable {
    public let op: Op
    public let output: BufferID
    public let inputs: [BufferID]
    public let name: String
    public let work: Work

    public init(op: Op, output: BufferID, inputs: [BufferID], name: String, work: Work) {
        self.op = op
        self.output = output
        self.inputs = inputs
        self.name = name
        self.work = work
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
    /// Bytes that each thread needs for blocks of products.
    public var workspaceByteCount: Int {
        instructions.map { instruction in
            let columns = self[instruction.output].shape.dimensions.last ?? 0
            let gradient = instruction.work.gradientElementCount(columns: columns)
            return instruction.work.gradientOffset(precision) + gradient * precision.byteCount
        }.max() ?? 0
    }
    /// Whether any instruction is worth a team.
    public var wantsTeam: Bool { instructions.contains { $0.work.split != .none } }
    public func buffers(in region: Region) -> [BufferID] { buffers.indices.filter { buffers[$0].region == region }.map { BufferID($0) } }
    public var parameterBuffers: [BufferID] { buffers(in: .parameters) }
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
            lines.append("\(index): \(instruction.output) = \(instruction.op)\(inputs)\(instruction.work)  # \(instruction.name)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Work: CustomStringConvertible {
    /// " split by columns, copied 384 x 256 at a time, 384 rows at a time", or nothing.
    public var description: String {
        (split == .none ? "" : " split by \(split.rawValue)")
            + (blocking.map { ", copied \($0.rows > 0 ? "\($0.rows) x " : "")\($0.k) at a time" } ?? "")
            + (rowsAtATime > 0 ? ", \(rowsAtATime) row\(rowsAtATime == 1 ? "" : "s") at a time" : "")
    }
}
