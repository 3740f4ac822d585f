import IR
import KernelInterface

/// Carrying out an instruction. By pointer, so that it stays where it lies: a copy would cost more than many an instruction.
extension UnsafePointer where Pointee == BoundInstruction {
    private var output: UnsafeMutableRawPointer { pointee.output }
    private var first: UnsafeRawPointer { pointee.first }
    private var second: UnsafeRawPointer { pointee.second }
    private var columns: Int { pointee.columns }
    private var work: Work { pointee.work }

    func units(rows: Int) -> Int { pointee.fixedUnits + pointee.unitsPerRow * rows }

    /// What one member of a team has to make.
    func share(_ part: Int, of parts: Int, rows: Int, workspace: UnsafeMutableRawPointer?) -> BoundInstruction.Share {
        let units = units(rows: rows)
        switch work.split {
        case .none: return .init(units: 0..<(part == 0 ? units : 0), columns: 0..<columns, workspace: workspace)
        case .rows: return .init(units: stretch(units, part, of: parts), columns: 0..<columns, workspace: workspace)
        case .columns: return .init(units: 0..<units, columns: stretch(columns, part, of: parts), workspace: workspace)
        }
    }

    /// Part of so many, in whole grains where they divide it well enough.
    private func stretch(_ count: Int, _ part: Int, of parts: Int) -> Range<Int> {
        let grain = count >= parts * 4 * work.grain || count % (parts * work.grain) == 0 ? work.grain : 1
        let grains = (count + grain - 1) / grain
        return min(grains * part / parts * grain, count)..<min(grains * (part + 1) / parts * grain, count)
    }

    /// Rows of a weight's gradient into memory laid out for `count` rows from row `first` on. `isCopied`: the workspace holds the rows of the first
    /// operand already.
    @inline(__always)
    private func gradient(
        _ kernel: KernelTable.WeightGradientProduct, _ layout: WeightLayout, to target: UnsafeMutableRawPointer, first: Int, count: Int, k: Int,
        rows: Range<Int>, columns: Range<Int>, _ workspace: UnsafeMutableRawPointer?, isCopied: Bool = false
    ) {
        kernel(
            target, self.first, second, layout.rows, layout.columns, k, work.blocking?.k ?? 0, workspace, isCopied, rows.lowerBound, rows.upperBound,
            columns.lowerBound, columns.upperBound, first, count)
    }

    /// All rows of a share of a weight's gradient: as many at a time as are copied together.
    private func gradientRows(_ kernel: KernelTable.WeightGradientProduct, _ layout: WeightLayout, k: Int, _ share: BoundInstruction.Share) {
        var row = share.units.lowerBound
        while row < share.units.upperBound {
            let end = min(row + (work.blocking?.rows ?? share.units.count), share.units.upperBound)
            gradient(kernel, layout, to: output, first: 0, count: layout.rows, k: k, rows: row..<end, columns: share.columns, share.workspace)
            row = end
        }
    }

    /// Rows of a weight's gradient pass through the workspace, some at a time, and change the weight and its state; for whole rows of one
    /// panel, which is row-major, and mostly small.
    @inline(__always)
    private func updateRows(
        _ kernel: KernelTable.WeightGradientProduct, _ layout: WeightLayout, _ update: KernelTable.Update, _ state0: UnsafeMutableRawPointer?,
        _ state1: UnsafeMutableRawPointer?, _ decay: Double, _ gradients: UnsafeMutableRawPointer, _ byteCount: Int, _ step: StepContext,
        _ share: BoundInstruction.Share
    ) {
        var row = share.units.lowerBound
        while row < share.units.upperBound {
            let end = min(row + work.rowsAtATime, share.units.upperBound)
            gradient(
                kernel, layout, to: gradients, first: row, count: end - row, k: step.rows, rows: row..<end, columns: share.columns, share.workspace)
            // As if the whole gradient lay there, of which only these rows are made.
            let left = row * layout.columns
            update(output, gradients - left * byteCount, state0, state1, step.update, decay, left, end * layout.columns, 1, 0)
            row = end
        }
    }

    /// The same panel by panel, some panels at a time.
    @inline(never)
    private func updatePanels(
        _ kernel: KernelTable.WeightGradientProduct, _ layout: WeightLayout, _ update: KernelTable.Update, _ state0: UnsafeMutableRawPointer?,
        _ state1: UnsafeMutableRawPointer?, _ decay: Double, _ gradients: UnsafeMutableRawPointer, _ byteCount: Int, _ step: StepContext,
        _ share: BoundInstruction.Share
    ) {
        guard !share.columns.isEmpty else { return }
        let lastPanel = layout.panelIndex(ofColumn: share.columns.upperBound - 1)
        let panelsAtATime = max(work.columnsAtATime / WeightLayout.panelWidth, 1)
        let staysCopied = step.rows <= work.blocking?.k ?? 0
        var row = share.units.lowerBound
        while row < share.units.upperBound {
            let end = min(row + work.rowsAtATime, share.units.upperBound)
            var index = layout.panelIndex(ofColumn: share.columns.lowerBound)
            var isCopied = false
            while index <= lastPanel {
                let lastOfThese = min(index + panelsAtATime - 1, lastPanel)
                let firstColumn = layout.panel(index).lowerBound
                // As if the gradient's rows of all columns lay there, of which only these are made.
                let gradients = gradients - firstColumn * (end - row) * byteCount
                gradient(
                    kernel, layout, to: gradients, first: row, count: end - row, k: step.rows, rows: row..<end,
                    columns: (firstColumn..<layout.panel(lastOfThese).upperBound).clamped(to: share.columns), share.workspace, isCopied: isCopied)
                isCopied = staysCopied
                while index <= lastOfThese {
                    let panel = layout.panel(index)
                    let made = panel.clamped(to: share.columns)
                    let inWeight = panel.lowerBound * layout.rows + row * panel.count
                    let gradient = gradients + (panel.lowerBound * (end - row) - inWeight) * byteCount
                    let left = inWeight + made.lowerBound - panel.lowerBound
                    if made.count == panel.count {
                        update(output, gradient, state0, state1, step.update, decay, left, left + (end - row) * panel.count, 1, 0)
                    } else {
                        update(output, gradient, state0, state1, step.update, decay, left, left + made.count, end - row, panel.count)
                    }
                    index += 1
                }
            }
            row = end
        }
    }

    /// Calls `body` for the stretches of elements that a share of a product's output consists of.
    @inline(__always)
    private func elements(_ share: BoundInstruction.Share, _ body: (_ from: Int, _ to: Int) -> Void) {
        guard share.columns.count < columns else { return body(share.units.lowerBound * columns, share.units.upperBound * columns) }
        for row in share.units { body(row * columns + share.columns.lowerBound, row * columns + share.columns.upperBound) }
    }

    @inline(__always)
    func run(_ step: StepContext, _ share: BoundInstruction.Share) {
        let (from, to) = (share.units.lowerBound, share.units.upperBound)
        guard from < to else { return }
        switch pointee.code {
        case .gather(let kernel, let part, let byteCount):
            guard let source = part.pointer(in: step.source) else { return }
            kernel(output, source, step.source.order + step.first, byteCount, from, to)
        case .dense(let kernel, let inputs, _, let bias, let activation):
            kernel(output, first, second, bias, inputs, columns, from, to, share.columns.lowerBound, share.columns.upperBound)
            if let activation { elements(share) { activation(output, output, $0, $1) } }
        case .inputGradient(let kernel, _, let outputs, let saved, let gradient):
            kernel(
                output, first, second, outputs, columns, work.blocking?.k ?? 1, share.workspace, from, to, share.columns.lowerBound,
                share.columns.upperBound)
            if let gradient, let saved { elements(share) { gradient(output, output, saved, $0, $1) } }
        case .weightGradient(let kernel, let layout):
            gradientRows(kernel, layout, k: step.rows, share)
        case .weightUpdate(let kernel, let layout, let update, let state0, let state1, let decay, let gradientOffset, let byteCount):
            guard let workspace = share.workspace else { return }
            if layout.panelCount == 1, share.columns.count == columns {
                updateRows(kernel, layout, update, state0, state1, decay, workspace + gradientOffset, byteCount, step, share)
            } else {
                updatePanels(kernel, layout, update, state0, state1, decay, workspace + gradientOffset, byteCount, step, share)
            }
        case .biasUpdate(let kernel, let n, let update, let state0, let state1, let decay, let gradientOffset):
            guard let workspace = share.workspace else { return }
            kernel(workspace + gradientOffset, first, step.rows, n, from, to)
            update(output, workspace + gradientOffset, state0, state1, step.update, decay, from, to, 1, 0)
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
        case .lossWithGradient(let kernel, let totals, let weights, let parameter, let n):
            kernel(output, totals, first, second, weights, parameter, n, step.rows)
        case .add(let kernel): kernel(output, first, second, from, to)
        case .penaltyGradient(let kernel, let l1, let l2): kernel(output, first, second, l1, l2, from, to)
        case .squaredNorm(let kernel, let operands, let count):
            let total = output.assumingMemoryBound(to: Double.self)
            total[0] = 0
            for index in 0..<count { kernel(total, operands[index].pointer, operands[index].count) }
        case .clipByNorm(let kernel, let limit): kernel(output, first, second.assumingMemoryBound(to: Double.self), limit, from, to)
        case .clipByValue(let kernel, let limit): kernel(output, first, limit, from, to)
        case .update(let kernel, let state0, let state1, let decay): kernel(output, first, state0, state1, step.update, decay, from, to, 1, 0)
        }
    }
}
