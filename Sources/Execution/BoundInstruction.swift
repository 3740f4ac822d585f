import IR
import KernelInterface
import RandomStreams

/// An instruction with its kernel and pointers looked up.
///
/// Work is counted in units of output: rows, columns or elements, as the kernel splits; `from ..< to` is the part to do.
struct BoundInstruction {
    enum Code {
        case gather(KernelTable.GatherRows, BatchPart, byteCount: Int)
        case dense(KernelTable.MatrixProduct, inputs: Int, outputs: Int, bias: UnsafeRawPointer?)
        case weightGradient(KernelTable.MatrixProduct, inputs: Int, outputs: Int)
        case transpose(KernelTable.Transpose, m: Int, n: Int)
        case columnSum(KernelTable.ColumnSum, n: Int)
        case unary(KernelTable.Unary)
        case unaryGradient(KernelTable.UnaryGradient)
        case softmax(KernelTable.Softmax, n: Int)
        case softmaxGradient(KernelTable.SoftmaxGradient, n: Int)
        case dropout(KernelTable.Dropout, rate: Double, key: UInt64)
        case loss(KernelTable.Loss, weights: UnsafeRawPointer?, parameter: Double, n: Int)
        case lossGradient(KernelTable.LossGradient, totals: UnsafePointer<Double>, weights: UnsafeRawPointer?, parameter: Double, n: Int)
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
    let isParallel: Bool

    func units(rows: Int) -> Int { fixedUnits + unitsPerRow * rows }

    /// Part of the units, in whole vectors of 16 so that parts never share one.
    func stretch(_ part: Int, of parts: Int, rows: Int) -> Range<Int> {
        let units = units(rows: rows)
        let grain = units >= parts * 64 ? 16 : 1
        let grains = (units + grain - 1) / grain
        let lower = min(grains * part / parts * grain, units)
        let upper = min(grains * (part + 1) / parts * grain, units)
        return lower..<upper
    }

    @inline(__always)
    func run(_ step: StepContext, from: Int, to: Int) {
        guard from < to else { return }
        switch code {
        case .gather(let kernel, let part, let byteCount):
            guard let source = part.pointer(in: step.source) else { return }
            kernel(output, source, step.source.order + step.first, byteCount, from, to)
        case .dense(let kernel, let inputs, let outputs, let bias):
            kernel(output, first, second, bias, inputs, 1, inputs, outputs, from, to, 0, outputs)
        case .weightGradient(let kernel, let inputs, let outputs):
            kernel(output, first, second, nil, 1, inputs, step.rows, outputs, from, to, 0, outputs)
        case .transpose(let kernel, let m, let n): kernel(output, first, m, n, from, to)
        case .columnSum(let kernel, let n): kernel(output, first, step.rows, n, from, to)
        case .unary(let kernel): kernel(output, first, from, to)
        case .unaryGradient(let kernel): kernel(output, first, second, from, to)
        case .softmax(let kernel, let n): kernel(output, first, n, from, to)
        case .softmaxGradient(let kernel, let n): kernel(output, first, second, n, from, to)
        case .dropout(let kernel, let rate, let key): kernel(output, first, rate, key, step.step, from, to)
        case .loss(let kernel, let weights, let parameter, let n):
            kernel(output.assumingMemoryBound(to: Double.self), first, second, weights, parameter, n, step.rows)
        case .lossGradient(let kernel, let totals, let weights, let parameter, let n):
            kernel(output, first, second, weights, totals, parameter, n, from, to)
        case .add(let kernel): kernel(output, first, second, from, to)
        case .penaltyGradient(let kernel, let l1, let l2): kernel(output, first, second, l1, l2, from, to)
        case .squaredNorm(let kernel, let operands, let count):
            let total = output.assumingMemoryBound(to: Double.self)
            total[0] = 0
            for index in 0..<count { kernel(total, operands[index].pointer, operands[index].count) }
        case .clipByNorm(let kernel, let limit): kernel(output, first, second.assumingMemoryBound(to: Double.self), limit, from, to)
        case .clipByValue(let kernel, let limit): kernel(output, first, limit, from, to)
        case .update(let kernel, let state0, let state1, let decay): kernel(output, first, state0, state1, step.update, decay, from, to)
        }
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
