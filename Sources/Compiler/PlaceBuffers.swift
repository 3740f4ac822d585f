import IR

/// Pass 9: every value gets its bytes. Parameters, state and batch have places of their own; activations and gradients share an arena by
/// liveness: first fit, largest first, so that no two that live at the same time overlap.
enum PlaceBuffers {
    /// Offsets are multiples of a cache line.
    static let alignment = 64

    /// - Parameter sharing: false gives every buffer bytes of its own (for tests that compare).
    static func run(_ graph: Graph, order: [NodeID], work: [Work], capacity: Int, precision: Precision, sharing: Bool = true) -> Plan {
        var placement = Placement(graph: graph, order: order, work: work, capacity: capacity, precision: precision)
        placement.findLives()
        placement.place(sharing: sharing)
        return placement.plan()
    }

    struct Placement {
        let graph: Graph
        let order: [NodeID]
        let work: [Work]
        let capacity: Int
        let precision: Precision
        /// By node number; nil for values that no instruction touches.
        var lives: [ClosedRange<Int>?]
        /// By node number.
        var offsets: [Int]
        var regionBytes: [Region: Int] = [:]

        init(graph: Graph, order: [NodeID], work: [Work], capacity: Int, precision: Precision) {
            self.graph = graph
            self.order = order
            self.work = work
            self.capacity = capacity
            self.precision = precision
            lives = Array(repeating: nil, count: graph.ids.count)
            offsets = Array(repeating: 0, count: graph.ids.count)
        }
    }
}

extension PlaceBuffers.Placement {
    /// The nodes that own bytes: all but updates, which write into their parameter.
    var owners: [NodeID] {
        graph.ids.filter { !graph[$0].op.isUpdate }
    }

    func region(of id: NodeID) -> Region {
        switch graph[id].op {
        case .parameter: .parameters
        case .state: .state
        case .input, .target, .rowWeights: .batch
        default: .arena
        }
    }

    func byteCount(of id: NodeID) -> Int {
        let shape = graph.shape(id)
        return shape.elementsPerRow * (shape.isBatched ? capacity : 1) * graph[id].element.byteCount(in: precision)
    }

    /// From the instruction that makes a value to the last that reads it; prediction and loss live to the end of the
    /// tape, and so do gradients that no update of the tape uses up.
    mutating func findLives() {
        let end = max(order.count - 1, 0)
        for (number, id) in order.enumerated() {
            for input in graph[id].inputs {
                lives[input.index] = (lives[input.index]?.lowerBound ?? number)...number
            }
            lives[id.index] = (lives[id.index]?.lowerBound ?? number)...max(lives[id.index]?.upperBound ?? number, number)
        }
        for id in owners where region(of: id) != .arena { lives[id.index] = 0...end }
        let isUpdated = order.contains { graph[$0].op.isUpdate }
        for id in [graph.prediction, graph.loss].compactMap({ $0 }) + (isUpdated ? [] : graph.gradients.map(\.gradient)) {
            if let life = lives[id.index] { lives[id.index] = life.lowerBound...end }
        }
    }

    mutating func place(sharing: Bool) {
        for region in Region.allCases { regionBytes[region] = 0 }
        let arena = owners.filter { region(of: $0) == .arena && lives[$0.index] != nil }
        for id in owners where region(of: id) != .arena { append(id) }
        guard sharing else {
            for id in arena { append(id) }
            return
        }
        var placed: [Stretch] = []
        for id in arena.sorted(by: { (byteCount(of: $0), $1.index) > (byteCount(of: $1), $0.index) }) {
            guard let life = lives[id.index] else { continue }
            let offset = firstFit(rounded(byteCount(of: id)), living: life, among: placed)
            let stretch = Stretch(lower: offset, upper: offset + rounded(byteCount(of: id)), life: life)
            offsets[id.index] = offset
            regionBytes[.arena] = max(regionBytes[.arena] ?? 0, stretch.upper)
            placed.insert(stretch, at: placed.partition(where: { $0.lower < offset }))
        }
    }

    /// Bytes of the arena that are taken during a life.
    fileprivate struct Stretch {
        let lower: Int
        let upper: Int
        let life: ClosedRange<Int>
    }

    private mutating func append(_ id: NodeID) {
        let region = region(of: id)
        offsets[id.index] = regionBytes[region] ?? 0
        regionBytes[region, default: 0] += rounded(byteCount(of: id))
    }

    private func rounded(_ bytes: Int) -> Int {
        (bytes + PlaceBuffers.alignment - 1) / PlaceBuffers.alignment * PlaceBuffers.alignment
    }

    /// The lowest offset at which `size` bytes overlap none of the placed stretches (by rising offset) that live at the same time.
    private func firstFit(_ size: Int, living life: ClosedRange<Int>, among placed: [Stretch]) -> Int {
        var offset = 0
        for stretch in placed where stretch.life.overlaps(life) {
            if stretch.lower >= offset + size { break }
            offset = max(offset, stretch.upper)
        }
        return offset
    }

    func plan() -> Plan {
        let owners = owners.filter { lives[$0.index] != nil }
        var number: [NodeID: BufferID] = [:]
        for (index, id) in owners.enumerated() { number[id] = BufferID(index) }
        func buffer(_ id: NodeID) -> BufferID {
            if graph[id].op.isUpdate { return buffer(graph[id].inputs[0]) }
            guard let buffer = number[id] else { preconditionFailure("\(graph[id].name) has no buffer") }
            return buffer
        }
        let instructions = zip(order, work).map { id, work in
            Instruction(op: graph[id].op, output: buffer(id), inputs: graph[id].inputs.map(buffer), name: graph[id].name, work: work)
        }
        let buffers = owners.map { id in
            Buffer(
                name: graph[id].name, node: id, region: region(of: id), offset: offsets[id.index], byteCount: byteCount(of: id),
                shape: graph.shape(id),
                element: graph[id].element, live: lives[id.index] ?? 0...0)
        }
        return Plan(
            precision: precision, capacity: capacity, instructions: instructions, buffers: buffers,
            regionByteCounts: Region.allCases.map { regionBytes[$0] ?? 0 }, prediction: graph.prediction.flatMap { number[$0] },
            loss: graph.loss.map(buffer),
            gradients: graph.gradients.map { (buffer($0.parameter), buffer($0.gradient)) })
    }
}

extension [PlaceBuffers.Placement.Stretch] {
    /// How many come first that fulfil the condition; they stand in front.
    fileprivate func partition(where isFirst: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isFirst(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
