import IR
import KernelInterface
import RandomStreams

extension BoundInstruction {
    /// Looks up the kernel, the pointers and the sizes of an instruction; `seed` and the stream's name make dropout's key.
    init(_ instruction: Instruction, plan: Plan, seed: UInt64, kernels: KernelTable, pointer: (BufferID) -> UnsafeMutableRawPointer) {
        let output = plan[instruction.output]
        let shapes = instruction.inputs.map { plan[$0].shape }
        let inputs = instruction.inputs.map(pointer)
        let width = shapes.first?.elementsPerRow ?? output.shape.elementsPerRow
        let parameterCount = instruction.op.isUpdate ? 1 : 0
        self.output = pointer(instruction.output)
        first = UnsafeRawPointer(inputs.count > parameterCount ? inputs[parameterCount] : self.output)
        second = UnsafeRawPointer(inputs.count > parameterCount + 1 ? inputs[parameterCount + 1] : self.output)
        work = instruction.work
        var fixed = output.shape.isBatched ? 0 : output.shape.elementsPerRow
        var perRow = output.shape.isBatched ? output.shape.elementsPerRow : 0
        func rows() { (fixed, perRow) = (0, 1) }
        func single() { (fixed, perRow) = (1, 0) }

        switch instruction.op {
        case .input: rows(); code = .gather(kernels.gatherRows, .inputs, byteCount: width * plan.precision.byteCount)
        case .target: rows(); code = .gather(kernels.gatherRows, .targets, byteCount: width * output.element.byteCount(in: plan.precision))
        case .rowWeights: rows(); code = .gather(kernels.gatherRows, .rowWeights, byteCount: plan.precision.byteCount)
        case .parameter, .state, .totals: preconditionFailure("\(instruction.name) is not computed")
        case .dense(let function):
            rows()
            code = .dense(
                kernels.denseProduct, inputs: width, outputs: output.shape.elementsPerRow,
                bias: inputs.count > 2 ? UnsafeRawPointer(inputs[2]) : nil,
                function == .linear ? nil : kernels.activation(function).forward)
        case .inputGradient(let function):
            rows()
            code = .inputGradient(
                kernels.inputGradientProduct, inputs: output.shape.elementsPerRow, outputs: width,
                saved: inputs.count > 2 ? UnsafeRawPointer(inputs[2]) : nil, function == .linear ? nil : kernels.activation(function).gradient)
        case .weightGradient:
            fixed = width
            code = .weightGradient(kernels.weightGradientProduct, WeightLayout(rows: width, columns: shapes[1].elementsPerRow))
        case .columnSum: code = .columnSum(kernels.columnSum, n: width)
        case .activation(let function): code = .unary(kernels.activation(function).forward)
        case .activationGradient(let function): code = .unaryGradient(kernels.activation(function).gradient)
        case .softmax: rows(); code = .softmax(kernels.softmax, n: width)
        case .softmaxGradient: rows(); code = .softmaxGradient(kernels.softmaxGradient, n: width)
        case .dropout(let rate, let stream), .dropoutGradient(let rate, let stream):
            code = .dropout(kernels.dropout, rate: rate, key: RandomStream(seed: seed, name: stream).key)
        case .loss(let loss):
            single()
            code = .loss(kernels.loss(loss).value, weights: inputs.count > 2 ? UnsafeRawPointer(inputs[2]) : nil, parameter: loss.parameter, n: width)
        case .lossGradient(let loss):
            rows()
            code = .lossGradient(
                kernels.loss(loss).gradient, totals: UnsafePointer(inputs[2].assumingMemoryBound(to: Double.self)),
                weights: inputs.count > 3 ? UnsafeRawPointer(inputs[3]) : nil, parameter: loss.parameter, n: width)
        case .lossWithGradient(let loss):
            rows()
            code = .lossWithGradient(
                kernels.lossWithGradient(loss), totals: inputs[2].assumingMemoryBound(to: Double.self),
                weights: inputs.count > 3 ? UnsafeRawPointer(inputs[3]) : nil, parameter: loss.parameter, n: width)
        case .add: code = .add(kernels.add)
        case .penaltyGradient(let l1, let l2): code = .penaltyGradient(kernels.penaltyGradient, l1: l1, l2: l2)
        case .squaredNorm:
            single()
            let operands = UnsafeMutablePointer<NormOperand>.allocate(capacity: max(inputs.count, 1))
            for (index, input) in inputs.enumerated() {
                (operands + index).initialize(to: NormOperand(pointer: UnsafeRawPointer(input), count: shapes[index].elementsPerRow))
            }
            code = .squaredNorm(kernels.addSquaredNorm, operands, count: inputs.count)
        case .clipByNorm(let limit): code = .clipByNorm(kernels.clipByNorm, limit: limit)
        case .clipByValue(let limit): code = .clipByValue(kernels.clipByValue, limit: limit)
        case .update(let optimizer, let decay):
            code = .update(kernels.update(optimizer), inputs.count > 2 ? inputs[2] : nil, inputs.count > 3 ? inputs[3] : nil, weightDecay: decay)
        case .weightUpdate(let optimizer, let decay):
            fixed = shapes[1].elementsPerRow
            code = .weightUpdate(
                kernels.weightGradientProduct, WeightLayout(rows: fixed, columns: shapes[2].elementsPerRow), kernels.update(optimizer),
                inputs.count > 3 ? inputs[3] : nil, inputs.count > 4 ? inputs[4] : nil, weightDecay: decay,
                gradientOffset: instruction.work.gradientOffset(plan.precision),
                byteCount: plan.precision.byteCount)
        case .biasUpdate(let optimizer, let decay):
            code = .biasUpdate(
                kernels.columnSum, n: output.shape.elementsPerRow, kernels.update(optimizer), inputs.count > 2 ? inputs[2] : nil,
                inputs.count > 3 ? inputs[3] : nil, weightDecay: decay, gradientOffset: instruction.work.gradientOffset(plan.precision))
        }
        columns = code.columns
        fixedUnits = fixed
        unitsPerRow = perRow
    }

    /// Frees what the instruction owns.
    func release() {
        if case .squaredNorm(_, let operands, _) = code { operands.deallocate() }
    }
}

extension BoundInstruction.Code {
    /// Columns of a product's output.
    var columns: Int {
        switch self {
        case .dense(_, _, let outputs, _, _): outputs
        case .weightGradient(_, let layout), .weightUpdate(_, let layout, _, _, _, _, _, _): layout.columns
        case .inputGradient(_, let inputs, _, _, _): inputs
        default: 0
        }
    }
}

extension KernelTable {
    func activation(_ function: IR.Activation) -> KernelTable.Activation {
        switch function {
        case .linear: preconditionFailure("linear is not computed")
        case .relu: relu
        case .leaky_relu: leakyRelu
        case .elu: elu
        case .selu: selu
        case .gelu: gelu
        case .gelu_tanh: geluTanh
        case .silu: silu
        case .softplus: softplus
        case .softsign: softsign
        case .sigmoid: sigmoid
        case .tanh: tanh
        case .hard_sigmoid: hardSigmoid
        case .hard_swish: hardSwish
        case .mish: mish
        case .relu6: relu6
        }
    }

    func loss(_ loss: IR.Loss) -> LossPair {
        switch loss {
        case .crossEntropy: crossEntropy
        case .binaryCrossEntropy: binaryCrossEntropy
        case .mse: mse
        case .mae: mae
        case .huber: huber
        case .sse: sse
        case .klDivergence: klDivergence
        }
    }

    func lossWithGradient(_ loss: IR.Loss) -> LossWithGradient {
        guard case .crossEntropy = loss else { preconditionFailure("\(loss) is not fused with its gradient") }
        return crossEntropyWithGradient
    }

    func update(_ optimizer: Optimizer) -> Update {
        switch optimizer {
        case .sgd: sgd
        case .sgd_momentum: sgdMomentum
        case .adam: adam
        case .adamw: adamw
        case .nadam: nadam
        case .rmsprop, .rmsprop_momentum: rmsprop
        case .adagrad: adagrad
        }
    }
}
