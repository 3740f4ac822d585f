import Diagnostics

/// A node's number in its graph.
public struct NodeID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let index: Int
    public init(_ index: Int) { self.index = index }
    public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
    public var description: String { "%\(index)" }
}

/// One computation; its output is the node itself.
public struct Node: Sendable {
    public let op: Op
    public let inputs: [NodeID]
    /// What the node is called in listings ("hidden.weight").
    public let name: String
    /// The layer's place in the spec, for messages.
    public let origin: SourceRange?
    /// Declared for sources, inferred for the rest.
    public var shape: Shape?
    public var element: ElementType
}

/// A network as data: nodes in an order in which every input stands before its use.
public struct Graph: Sendable {
    public private(set) var nodes: [Node] = []
    /// What predict gives.
    public var prediction: NodeID?
    /// The (sum, weight) pair of the loss.
    public var loss: NodeID?
    /// Gradient of each parameter, after the Gradient pass; in the order of the parameters.
    public var gradients: [(parameter: NodeID, gradient: NodeID)] = []
    public init() {}

    public subscript(id: NodeID) -> Node { nodes[id.index] }
    public var ids: [NodeID] { nodes.indices.map { NodeID($0) } }

    @discardableResult
    /// Appends a node; its inputs must have been added before. The shape may be left to ShapeInference.
    public mutating func add(
        _ op: Op, _ inputs: [NodeID] = [], name: String, origin: SourceRange? = nil, shape: Shape? = nil, element: ElementType = .scalar
    ) -> NodeID {
        for input in inputs { precondition(input.index < nodes.count, "input \(input) of \(name) is not defined yet") }
        nodes.append(Node(op: op, inputs: inputs, name: name, origin: origin, shape: shape, element: element))
        return NodeID(nodes.count - 1)
    }

    /// Gives a node the shape that inference found.
    public mutating func setShape(_ shape: Shape, of id: NodeID) { nodes[id.index].shape = shape }

    /// The shape of a node that has passed ShapeInference.
    public func shape(_ id: NodeID) -> Shape {
        guard let shape = nodes[id.index].shape else { preconditionFailure("\(nodes[id.index].name) has no shape yet") }
        return shape
    }
}

extension Graph: CustomStringConvertible {
    /// One line a node: `%4 = dense(%0, %2, %3) : [B, 16]  # hidden`.
    public var description: String {
        var lines: [String] = []
        for (index, node) in nodes.enumerated() {
            let operands = node.inputs.isEmpty ? "" : "(" + node.inputs.map(\.description).joined(separator: ", ") + ")"
            let type = (node.shape.map { $0.description } ?? "?") + (node.element == .scalar ? "" : " \(node.element.rawValue)")
            lines.append("%\(index) = \(node.op)\(operands) : \(type)  # \(node.name)")
        }
        if let prediction { lines.append("prediction: \(prediction)") }
        if let loss { lines.append("loss: \(loss)") }
        for pair in gradients { lines.append("gradient of \(pair.parameter): \(pair.gradient)") }
        return lines.joined(separator: "\n") + "\n"
    }
}
