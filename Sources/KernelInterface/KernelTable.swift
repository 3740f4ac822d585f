/// What a set of kernels offers: one C function pointer per kernel. Every variant (instruction set x precision) fills one table.
///
/// Glossary: B batch rows, I inputs, O outputs, n elements; S is the set's scalar, Float or Double. All tensors but weights are row-major and dense.
/// Every kernel overwrites its outputs. `from ..< to` is the stretch of outputs (elements or rows, as named) this call has to make, so
/// that threads split outputs and never a sum; the bits of an output never depend on the stretch.
public struct KernelTable: Sendable {
    /// y[from..<to] = f(x[from..<to]); elements. y may be x.
    public typealias Unary = @convention(c) (_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) -> Void
    /// dx = dy * f'(.), where `saved` is x or y of the forward pass, as the activation's definition says; elements. dx may be dy.
    public typealias UnaryGradient =
        @convention(c) (
            _ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ saved: UnsafeRawPointer, _ from: Int, _ to: Int
        ) -> Void
    /// Y[B,n] = start[n] (or 0 if nil) + X[B,k]·W[k,n], each element the FMA chain over k in rising order from its start value. Makes rows
    /// fromRow ..< toRow, columns fromColumn ..< toColumn.
    ///
    /// A weight is not row-major: it lies in panels of 32 columns, [rows][32], one after the other; the last takes the rest too and has 32 to 63
    /// columns (all of them, where there are less than 64).
    public typealias DenseProduct =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ w: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ k: Int, _ n: Int,
            _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
        ) -> Void
    /// dX[B,n] = dY[B,k]·Wᵀ for a weight W[n,k], each element the FMA chain over k in rising order from 0. kBlock > 0 columns of W at a time are
    /// copied into a workspace of 32 * kBlock + 2 * 32 * 63 elements, which belongs to one call alone.
    public typealias InputGradientProduct =
        @convention(c) (
            _ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ w: UnsafeRawPointer, _ k: Int, _ n: Int, _ kBlock: Int,
            _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
        ) -> Void
    /// dW[inputs,n] = Xᵀ·dY for X[k,inputs] and dY[k,n], each element the FMA chain over the k rows in rising order from 0; rows fromRow ..< toRow,
    /// columns fromColumn ..< toColumn of it. dw has room for `dwRows` rows of a weight, laid out as one, the first of which is row `dwFirst`.
    ///
    /// kBlock 0 reads X and dY where they lie; otherwise they are copied, kBlock rows at a time, into a workspace of kBlock * (63 + the rows to make,
    /// in whole dozens) elements. `isCopied`: X lies there already, from a call with the same rows, k and a kBlock of no less than k.
    public typealias WeightGradientProduct =
        @convention(c) (
            _ dw: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ dy: UnsafeRawPointer, _ inputs: Int, _ n: Int, _ k: Int, _ kBlock: Int,
            _ workspace: UnsafeMutableRawPointer?, _ isCopied: Bool, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int,
            _ dwFirst: Int, _ dwRows: Int
        ) -> Void
    /// y[N] = sum over the rows of x[M,N], the chain over rows in rising order from 0; makes columns from ..< to.
    public typealias ColumnSum =
        @convention(c) (_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ m: Int, _ n: Int, _ from: Int, _ to: Int) -> Void
    /// y[B,n] = softmax of each row (max subtracted; the sum in lane order: 16 lanes by i mod 16, then the fixed tree); rows.
    public typealias Softmax = @convention(c) (_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ n: Int, _ from: Int, _ to: Int) -> Void
    /// dx = y * (dy - sum_j dy_j y_j) for each row; rows.
    public typealias SoftmaxGradient =
        @convention(c) (
            _ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ n: Int, _ from: Int, _ to: Int
        ) -> Void
    /// y = keep_i ? x / (1 - rate) : 0; element i is kept if word i of Philox stream `key`, substream `step`, is >= rate * 2^32
    /// (word i: word i % 4 of the block with counter (i/4 low, i/4 high, step low, step high), key (low, high)). The gradient is the same
    /// function of dy. Elements.
    public typealias Dropout =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ rate: Double, _ key: UInt64, _ step: UInt64, _ from: Int, _ to: Int
        ) -> Void
    /// totals[0] = sum over rows of w_r * loss_r, totals[1] = sum of w_r (rows if weights is nil); totals are two Doubles, summed over rows in lane
    /// order. x: [rows,n] outputs of the network (logits for the fused losses); t: targets, [rows] Int32 class numbers for cross entropy, else
    /// [rows,n] of S; weights: [rows] of S or nil. parameter: label smoothing (cross entropy and binary) or delta (huber).
    public typealias Loss =
        @convention(c) (
            _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ parameter: Double,
            _ n: Int, _ rows: Int
        ) -> Void
    /// dx[rows,n] = gradient of totals[0] / totals[1] (of totals[0] for sse) with respect to x; rows.
    public typealias LossGradient =
        @convention(c) (
            _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?,
            _ totals: UnsafePointer<Double>, _ parameter: Double, _ n: Int, _ from: Int, _ to: Int
        ) -> Void
    /// A loss and its gradient in one pass, each as above.
    public typealias LossWithGradient =
        @convention(c) (
            _ dx: UnsafeMutableRawPointer, _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer,
            _ weights: UnsafeRawPointer?, _ parameter: Double, _ n: Int, _ rows: Int
        ) -> Void
    /// y[i] = a[i] + b[i]; elements. y may be a or b.
    public typealias Add =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ from: Int, _ to: Int
        ) -> Void
    /// y = g + l1 * sign(w) + 2 * l2 * w (sign(0) = 0); elements. y may be g.
    public typealias PenaltyGradient =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ w: UnsafeRawPointer, _ l1: Double, _ l2: Double, _ from: Int, _ to: Int
        ) -> Void
    /// total[0] (a Double) += sum of x[i]^2 in lane order, in Double.
    public typealias AddSquaredNorm = @convention(c) (_ total: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ n: Int) -> Void
    /// y = x * limit / norm where norm = sqrt(squaredNorm[0]) is above the limit, else x; elements. y may be x.
    public typealias ClipByNorm =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ squaredNorm: UnsafePointer<Double>, _ limit: Double, _ from: Int, _ to: Int
        ) -> Void
    /// y = min(max(x, -limit), limit); NaN stays NaN; elements. y may be x.
    public typealias ClipByValue =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ limit: Double, _ from: Int, _ to: Int
        ) -> Void
    /// One optimizer step on parameters w with gradient g and states s0, s1 (unused ones are nil), in place; elements from ..< to of so many rows,
    /// each `stride` elements behind the one before. `parameters` points to an UpdateParameters (raw, for a C function's type may name no Swift
    /// struct).
    public typealias Update =
        @convention(c) (
            _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?,
            _ parameters: UnsafeRawPointer, _ weightDecay: Double, _ from: Int, _ to: Int, _ rows: Int, _ stride: Int
        ) -> Void
    /// total[0] (a Double) += sum of a[i] b[i] in lane order, in Double.
    public typealias AddDotProduct =
        @convention(c) (_ total: UnsafeMutablePointer<Double>, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ n: Int) -> Void
    /// y = fma(b, beta, a * alpha), both factors rounded to S; elements. y may be a or b.
    public typealias Combination =
        @convention(c) (
            _ y: UnsafeMutableRawPointer, _ alpha: Double, _ a: UnsafeRawPointer, _ beta: Double, _ b: UnsafeRawPointer, _ from: Int, _ to: Int
        ) -> Void
    /// dst row r = src row order[r], for r in from ..< to; a row is `byteCount` bytes.
    public typealias GatherRows =
        @convention(c) (
            _ dst: UnsafeMutableRawPointer, _ src: UnsafeRawPointer, _ order: UnsafePointer<Int32>, _ byteCount: Int, _ from: Int, _ to: Int
        ) -> Void
    /// 1 if every one of the n elements is finite, else 0.
    public typealias AllFinite = @convention(c) (_ x: UnsafeRawPointer, _ n: Int) -> Int

    /// An activation: its function, and its gradient from x or y.
    public struct Activation: Sendable {
        public let forward: Unary
        public let gradient: UnaryGradient
        public init(_ forward: @escaping Unary, _ gradient: @escaping UnaryGradient) {
            self.forward = forward
            self.gradient = gradient
        }
    }

    /// A loss: its value, and its gradient.
    public struct LossPair: Sendable {
        public let value: Loss
        public let gradient: LossGradient
        public init(_ value: @escaping Loss, _ gradient: @escaping LossGradient) {
            self.value = value
            self.gradient = gradient
        }
    }

    // Activations whose gradient is made from y: relu leakyRelu elu selu sigmoid tanh relu6. From x: all others. (`linear` needs none.)
    public var relu, leakyRelu, elu, selu, gelu, geluTanh, silu, softplus, softsign, sigmoid, tanh, hardSigmoid, hardSwish, mish, relu6: Activation
    public var softmax: Softmax
    public var softmaxGradient: SoftmaxGradient
    public var denseProduct: DenseProduct
    public var inputGradientProduct: InputGradientProduct
    public var weightGradientProduct: WeightGradientProduct
    public var columnSum: ColumnSum
    public var dropout: Dropout
    // Losses. crossEntropy: softmax included, from logits. binaryCrossEntropy: sigmoid included, from logits. klDivergence: log-softmax included,
    // batchmean; t log t is 0 at t = 0. mse, mae, huber, binaryCrossEntropy: the row's loss is the mean over its n outputs; sse: the sum.
    // Gradients at kinks: mae sign(0) = 0.
    public var crossEntropy, binaryCrossEntropy, mse, mae, huber, sse, klDivergence: LossPair
    public var crossEntropyWithGradient: LossWithGradient
    public var add: Add
    public var penaltyGradient: PenaltyGradient
    public var addSquaredNorm: AddSquaredNorm
    public var clipByNorm: ClipByNorm
    public var clipByValue: ClipByValue
    /// States: sgd s0 = velocity (if momentum); adam, adamw, nadam s0 = m, s1 = v; rmsprop s0 = mean square, s1 = velocity (if
    /// momentum); adagrad s0 = sum.
    public var sgd, sgdMomentum, adam, adamw, nadam, rmsprop, adagrad: Update
    /// For optimizers that move all parameters together.
    public var addDotProduct: AddDotProduct
    public var combination: Combination
    public var gatherRows: GatherRows
    public var allFinite: AllFinite
    /// Natural logarithm of each element, for the host's metrics and initializers.
    public var logarithm: Unary

    public init(
        relu: Activation, leakyRelu: Activation, elu: Activation, selu: Activation, gelu: Activation, geluTanh: Activation, silu: Activation,
        softplus: Activation, softsign: Activation, sigmoid: Activation, tanh: Activation, hardSigmoid: Activation, hardSwish: Activation,
        mish: Activation, relu6: Activation, softmax: @escaping Softmax, softmaxGradient: @escaping SoftmaxGradient,
        denseProduct: @escaping DenseProduct, inputGradientProduct: @escaping InputGradientProduct,
        weightGradientProduct: @escaping WeightGradientProduct, columnSum: @escaping ColumnSum, dropout: @escaping Dropout,
        crossEntropy: LossPair, binaryCrossEntropy: LossPair, mse: LossPair, mae: LossPair, huber: LossPair, sse: LossPair, klDivergence: LossPair,
        crossEntropyWithGradient: @escaping LossWithGradient, add: @escaping Add, penaltyGradient: @escaping PenaltyGradient,
        addSquaredNorm: @escaping AddSquaredNorm, clipByNorm: @escaping ClipByNorm,
        clipByValue: @escaping ClipByValue, sgd: @escaping Update, sgdMomentum: @escaping Update, adam: @escaping Update, adamw: @escaping Update,
        nadam: @escaping Update, rmsprop: @escaping Update, adagrad: @escaping Update, addDotProduct: @escaping AddDotProduct,
        combination: @escaping Combination, gatherRows: @escaping GatherRows,
        allFinite: @escaping AllFinite, logarithm: @escaping Unary
    ) {
        self.relu = relu; self.leakyRelu = leakyRelu; self.elu = elu; self.selu = selu; self.gelu = gelu; self.geluTanh = geluTanh; self.silu = silu
        self.softplus = softplus; self.softsign = softsign; self.sigmoid = sigmoid; self.tanh = tanh; self.hardSigmoid = hardSigmoid
        self.hardSwish = hardSwish; self.mish = mish; self.relu6 = relu6; self.softmax = softmax; self.softmaxGradient = softmaxGradient
        self.denseProduct = denseProduct; self.inputGradientProduct = inputGradientProduct
        self.weightGradientProduct = weightGradientProduct; self.columnSum = columnSum; self.dropout = dropout
        self.crossEntropy = crossEntropy; self.binaryCrossEntropy = binaryCrossEntropy; self.mse = mse; self.mae = mae; self.huber = huber
        self.sse = sse; self.klDivergence = klDivergence
        self.crossEntropyWithGradient = crossEntropyWithGradient; self.add = add; self.penaltyGradient = penaltyGradient
        self.addSquaredNorm = addSquaredNorm; self.clipByNorm = clipByNorm; self.clipByValue = clipByValue; self.sgd = sgd
        self.sgdMomentum = sgdMomentum; self.adam = adam; self.adamw = adamw; self.nadam = nadam; self.rmsprop = rmsprop; self.adagrad = adagrad
        self.addDotProduct = addDotProduct; self.combination = combination; self.gatherRows = gatherRows; self.allFinite = allFinite;
        self.logarithm = logarithm
    }
}

/// What an optimizer step needs besides tensors. The host fills it once per step; all in Double, rounded to S in the kernel.
public struct UpdateParameters: Sendable {
    public var learningRate = 0.0
    public var momentum = 0.0
    public var nesterov = false
    public var beta1 = 0.0
    public var beta2 = 0.0
    public var epsilon = 0.0
    /// rmsprop's alpha.
    public var rho = 0.0
    /// 1 - beta1^step and 1 - beta2^step.
    public var correction1 = 1.0
    public var correction2 = 1.0
    /// nadam, as PyTorch (momentum_decay 0.004): mu_t, mu_{t+1}, and the running product of mu up to t and up to t+1.
    public var mu = 0.0
    public var muNext = 0.0
    public var muProduct = 1.0
    public var muProductNext = 1.0
    public init() {}
}
