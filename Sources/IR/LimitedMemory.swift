/// What L-BFGS remembers from iteration to iteration, as buffers of the plan: so they are counted, saved and gone back to like any optimizer's.
///
/// A vector holds all numbers that are trained, tensor behind tensor in the order of the plan's gradients, each as it lies in memory; it begins at a
/// multiple of 16, so that every sum has the same lanes in both precisions, and what lies between is 0.
public enum LimitedMemory {
    /// Vectors of the last steps one behind the other, [history_size * elements].
    public static let steps = "lbfgs.steps"
    /// By how much the gradient changed in each of them, [history_size * elements].
    public static let changes = "lbfgs.gradient_changes"
    /// The gradient at the present weights, [elements].
    public static let gradient = "lbfgs.gradient"
    /// In Double: whether it has begun, pairs, the place of the next, objective, loss, scale; then 1 / (y.s) of each pair.
    public static let numbers = "lbfgs.numbers"
    /// The numbers before those of the pairs.
    public static let numberCount = 6

    /// The elements that a tensor takes in a vector.
    public static func stretch(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
