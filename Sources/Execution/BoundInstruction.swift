import IR
import KernelInterface
import RandomStreams

/// An instruction with its kernel and pointers looked up.
///
/// Work is counted in units of output: rows, columns of a vector or elements, as the kernel splits; a share says which of them to make.
struct BoundInstruction {
    enum Code {
        case gather(KernelTable.GatherRows, BatchPart, byteCount: Int)
        case dense(KernelTable.DenseProduct, inputs: Int, outputs: Int, bias: UnsafeRawPointer?, KernelTable.Unary?)
        case inputGradient(KernelTable.InputGradientProduct, inputs: Int, outputs: Int, saved: UnsafeRawPointer?, KernelTable.UnaryGradient?)
        case weightGradient(KernelTable.WeightGradientProduct, WeightLayout)
        case weightUpdate(
            KernelTable.WeightGradientProduct, WeightLayout, KernelTable.Update, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?,
            weightDecay: Double, gradientOffset: Int, byteCount: Int)
        case biasUpdate(
            KernelTable.ColumnSum, n: Int, KernelTable.Update, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, weightDecay: Double,
            gradientOffset: Int)
        case columnSum(KernelTable.ColumnSum, n: Int)
        case unary(KernelTable.Unary)
        case unaryGradient(KernelTable.UnaryGradient)
        case softmax(KernelTable.Softmax, n: Int)
        case softmaxGradient(KernelTable.SoftmaxGradient, n: Int)
        case dropout(KernelTable.Dropout, rate: Double, key: UInt64)
        case loss(KernelTable.Loss, weights: UnsafeRawPointer?, parameter: Double, n: Int)
        case lossGradient(KernelTable.LossGradient, totals: UnsafePointer<Double>, weights: UnsafeRawPointer?, parameter: Double, n: Int)
        case lossWithGradient(
            KernelTable.LossWithGradient, totals: UnsafeMutablePointer<Double>, weights: UnsafeRawPointer?, parameter: Double, n: Int)
        case add(KernelTable.Add)
        case penaltyGradient(KernelTable.PenaltyGradient, l1: Double, l2: Double)
        case squaredNorm(KernelTable.AddSquaredNorm, UnsafeMutablePointer<NormOperand>, count: Int)
        case clipByNorm(KernelTable.ClipByNorm, limit: Double)
        case clipByValue(KernelTable.ClipByValue, limit: Double)
        case update(KernelTable.Update, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, weightDecay: Double)
    }
    enum BatchPart { case inputs, targets, rowWeights }
    struct NormOperand {
        let pointer: UnsafeRawPointer
        let count: Int
    }

    let code: Code
    let output: UnsafeMutableRawPointer
    let first: UnsafeRawPointer
    let second: UnsafeRawPointer
    /// Units of output: fixed, plus so many for each row.
    let fixedUnits: Int
    let unitsPerRow: Int
    /// Columns of a product's output.
    let columns: Int
    let work: Work

    /// Rows (or columns of a vector, or elements) and columns of the output.
    struct Share {
        let units: Range<Int>
        let columns: Range<Int>
        let workspace: UnsafeMutableRawPointer?
    }
}

extension BoundInstruction.BatchPart {
    func pointer(in source: BatchSource) -> UnsafeRawPointer? {
        switch self {
        case .inputs: source.inputs
        case .targets: source.targets
        case .rowWeights: source.rowWeights
        }
    }
}
