import IR

/// What L-BFGS remembers from iteration to iteration, as buffers of the plan: so they are counted, saved and gone back to like any optimizer's.
///
/// A vector holds all numbers that are trained, tensor behind tensor in the order of the plan's gradients; each tensor begins at a multiple
/// of 16, so that every sum has the same lanes in both precisions, and what lies between is 0.
public enum LimitedMemory {
    /// Elements of a vector at whose multiples tensors begin.
    public static let alignment = 16

    /// Vectors of the last steps, [history_size][elements].
    public static let steps = "lbfgs.steps"
    /// By how much the gradient changed in each of them, [history_size][elements].
    public static let changes = "lbfgs.gradient_changes"
    /// The gradient at the present weights, [elements].
    public static let gradient = "lbfgs.gradient"
    /// Numbers in Double, see Training's LimitedMemoryOptimizer.
    public static let numbers = "lbfgs.numbers"
    /// How many numbers there are.
    public static let numberCount = 5

    /// The elements that a tensor takes in a vector.
    public static func stretch(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

    static func addStates(to graph: inout Graph, historySize: Int) {
        let count = graph.gradients.reduce(0) { $0 + stretch(graph.shape($1.parameter).elementsPerRow) }
        graph.add(.state, name: steps, shape: .matrix(historySize, count))
        graph.add(.state, name: changes, shape: .matrix(historySize, count))
        graph.add(.state, name: gradient, shape: .vector(count))
        graph.add(.state, name: numbers, shape: .vector(numberCount), element: .float64)
    }
}
