import Foundation
import KernelInterface
import Testing

/// An activation with its mathematical definition in Double.
struct ActivationCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kernel: @Sendable (KernelTable) -> KernelTable.Activation
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double
    let isFromY: Bool
    /// Bound of the error in ulps of the result ...
    let bound: Double
    /// ... and how many ulps the rounding of the argument of the exponential inside may add at x.
    var conditioning: @Sendable (Double) -> Double = { _ in 0 }

    static func logistic(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }
    static func cumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
    static let seluScale = 1.0507009873554804934193349852946
    static let seluAlpha = 1.6732632423543772848170429916717

    static let all: [ActivationCase] = [
        .init(testDescription: "relu", kernel: \.relu, value: { max($0, 0) }, slope: { $0 > 0 ? 1 : 0 }, isFromY: true, bound: 0),
        .init(
            testDescription: "leaky_relu", kernel: \.leakyRelu, value: { $0 > 0 ? $0 : 0.01 * $0 }, slope: { $0 > 0 ? 1 : 0.01 }, isFromY: true,
            bound: 1),
        .init(testDescription: "relu6", kernel: \.relu6, value: { min(max($0, 0), 6) }, slope: { $0 > 0 && $0 < 6 ? 1 : 0 }, isFromY: true, bound: 0),
        .init(testDescription: "elu", kernel: \.elu, value: { $0 > 0 ? $0 : expm1($0) }, slope: { $0 > 0 ? 1 : exp($0) }, isFromY: true, bound: 2),
        .init(
            testDescription: "selu", kernel: \.selu, value: { seluScale * ($0 > 0 ? $0 : seluAlpha * expm1($0)) },
            slope: { seluScale * ($0 > 0 ? 1 : seluAlpha * exp($0)) }, isFromY: true, bound: 3),
        .init(
            testDescription: "gelu", kernel: \.gelu, value: { $0 * cumulative($0) },
            slope: { cumulative($0) + $0 * exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }, isFromY: false, bound: 4,
            conditioning: { 1.5 * $0 * $0 }),
        .init(
            testDescription: "gelu_tanh", kernel: \.geluTanh,
            value: { $0 * logistic(2 * (2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)) },
            slope: {
                let s = logistic(2 * (2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))
                return s + $0 * s * (1 - s) * 2 * (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * $0 * $0)
            }, isFromY: false, bound: 4, conditioning: { 8 * ($0 + 0.044715 * $0 * $0 * $0).magnitude }),
        .init(
            testDescription: "silu", kernel: \.silu, value: { $0 * logistic($0) }, slope: { logistic($0) * (1 + $0 * (1 - logistic($0))) },
            isFromY: false, bound: 4),
        .init(
            testDescription: "softplus", kernel: \.softplus, value: { $0 > 20 ? $0 : max($0, 0) + log1p(exp(-$0.magnitude)) },
            slope: { $0 > 20 ? 1 : logistic($0) }, isFromY: false, bound: 3),
        .init(
            testDescription: "softsign", kernel: \.softsign, value: { $0 / (1 + $0.magnitude) },
            slope: { 1 / ((1 + $0.magnitude) * (1 + $0.magnitude)) }, isFromY: false, bound: 2),
        .init(
            testDescription: "sigmoid", kernel: \.sigmoid, value: { logistic($0) }, slope: { logistic($0) * (1 - logistic($0)) }, isFromY: true,
            bound: 3),
        .init(testDescription: "tanh", kernel: \.tanh, value: { tanh($0) }, slope: { 1 - tanh($0) * tanh($0) }, isFromY: true, bound: 2.5),
        .init(
            testDescription: "hard_sigmoid", kernel: \.hardSigmoid, value: { min(max($0 + 3, 0), 6) / 6 },
            slope: { $0.magnitude < 3 ? Double(Float(1) / 6) : 0 }, isFromY: false, bound: 1),
        .init(
            testDescription: "hard_swish", kernel: \.hardSwish, value: { $0 * min(max($0 + 3, 0), 6) / 6 },
            slope: { $0 <= -3 ? 0 : $0 >= 3 ? 1 : $0 / 3 + 0.5 }, isFromY: false, bound: 3),
        .init(
            testDescription: "mish", kernel: \.mish, value: { $0 * tanh(max($0, 0) + log1p(exp(-$0.magnitude))) },
            slope: {
                let t = tanh(max($0, 0) + log1p(exp(-$0.magnitude)))
                return t + $0 * logistic($0) * (1 - t * t)
            }, isFromY: false, bound: 6),
    ]
}

@Suite struct ActivationTests {
    /// Dense samples around 0, wide ones beyond, and special values.
    static func samples<S: KernelScalar>(_: S.Type) -> [S] {
        var xs: [S] = [0, -0.0, 1, -1, 3, -3, 6, 20, 20.5, -20, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude]
        for i in -4000...4000 { xs.append(S(Double(i) * 0.00257 + 0.00013)) }
        for i in -700...700 { xs.append(S(Double(i) * 0.1237 + 0.011)) }
        for exponent in 1..<30 { xs += [S(scalbn(1.3, -exponent)), S(scalbn(-1.3, -exponent))] }
        return xs
    }

    @Test(arguments: Variant.all, ActivationCase.all) func forward(_ variant: Variant, _ activation: ActivationCase) {
        values(variant, activation, Float.self)
        values(variant, activation, Double.self)
    }

    private func values<S: KernelScalar>(_ variant: Variant, _ activation: ActivationCase, _: S.Type) {
        let xs = Self.samples(S.self)
        let ys: [S] = guarded(xs.count) { y in xs.withUnsafeBytes { activation.kernel(S.table(variant)).forward(y, $0.baseAddress!, 0, xs.count) } }
        var worst = (0.0, S(0), S(0))
        for (x, y) in zip(xs, ys) {
            let exact = activation.value(Double(x))
            // Below the smallest normal number an ulp is no longer relative.
            let ulps = min(ulps(y, exact), (Double(y) - exact).magnitude / Double(S.leastNormalMagnitude))
            let error = ulps - activation.conditioning(Double(x))
            if error > worst.0 { worst = (error, x, y) }
        }
        // The definition itself is in Double, so that a Double kernel may differ from it by the definition's own error.
        let bound = S.self == Double.self ? activation.bound + 2 : max(activation.bound, 0.5)
        #expect(worst.0 <= bound, "\(S.self): f(\(worst.1)) = \(worst.2)")
    }

    @Test(arguments: Variant.all, ActivationCase.all) func gradient(_ variant: Variant, _ activation: ActivationCase) {
        slopes(variant, activation, Float.self, tolerance: 4e-6)
        slopes(variant, activation, Double.self, tolerance: 1e-14)
    }

    private func slopes<S: KernelScalar>(_ variant: Variant, _ activation: ActivationCase, _: S.Type, tolerance: Double) {
        let xs = Self.samples(S.self).filter { $0.magnitude < 30 }
        let saved = activation.isFromY ? xs.map { S(activation.value(Double($0))) } : xs
        let dys = xs.indices.map { S($0 % 7) - 3 }
        let dxs: [S] = guarded(xs.count) { dx in
            dys.withUnsafeBytes { dy in
                saved.withUnsafeBytes { activation.kernel(S.table(variant)).gradient(dx, dy.baseAddress!, $0.baseAddress!, 0, xs.count) }
            }
        }
        for index in xs.indices {
            // Where y is rounded to the plateau (elu near -1, relu6 near 6) its slope is that of the rounded y.
            let exact = Double(dys[index]) * activation.slope(Double(xs[index]))
            let error = (Double(dxs[index]) - exact).magnitude
            guard error > tolerance * (1 + exact.magnitude) else { continue }
            #expect(Bool(false), "\(S.self): x \(xs[index]), dy \(dys[index]): \(dxs[index]) for \(exact)")
            return
        }
    }

    /// Values and slopes far out are the limits, at infinities too, and NaN stays NaN.
    @Test(arguments: Variant.all, ActivationCase.all) func limitsAndNotANumber(_ variant: Variant, _ activation: ActivationCase) {
        limits(variant, activation, Float.self)
        limits(variant, activation, Double.self)
    }

    private func limits<S: KernelScalar>(_ variant: Variant, _ activation: ActivationCase, _: S.Type) {
        let largest = S.greatestFiniteMagnitude
        let far: [S] = [200, 1e6, 1e13, 1.8e19, 2e19, 6e37, largest, .infinity].flatMap { [$0, -$0] }
        let xs = far + [.nan]
        let kernel = activation.kernel(S.table(variant))
        let ys: [S] = guarded(xs.count) { y in xs.withUnsafeBytes { kernel.forward(y, $0.baseAddress!, 0, xs.count) } }
        let ones = [S](repeating: 1, count: xs.count)
        let saved = activation.isFromY ? ys : xs
        let slopes: [S] = guarded(xs.count) { dx in
            ones.withUnsafeBytes { dy in saved.withUnsafeBytes { kernel.gradient(dx, dy.baseAddress!, $0.baseAddress!, 0, xs.count) } }
        }
        for (index, x) in far.enumerated() {
            // Where the definition itself overflows, its limit is that of a smaller number times how much larger x is.
            let calm = x < 0 ? -200.0 : 200.0
            let isProportional = activation.value(calm).magnitude > 1.9 && activation.testDescription != "relu6"
            let value = isProportional ? activation.value(calm) / calm * Double(x) : activation.value(calm)
            let isRight =
                value.isInfinite || S(value).isInfinite
                ? ys[index] == S(value) : (Double(ys[index]) - value).magnitude <= 1e-5 * value.magnitude + 1e-4
            #expect(
                isRight || activation.testDescription == "softsign" && ys[index].magnitude > 0.995, "\(S.self): f(\(x)) = \(ys[index]), not \(value)")
            let slope = activation.slope(calm)
            #expect((Double(slopes[index]) - slope).magnitude < 1e-4, "\(S.self): f'(\(x)) = \(slopes[index]), not \(slope)")
        }
        #expect(ys[far.count].isNaN)
        // Where the slope is a choice between constants, NaN chooses one; the value has been NaN already.
        let isSmooth = !["relu", "leaky_relu", "relu6", "elu", "selu", "hard_sigmoid"].contains(activation.testDescription)
        #expect(!isSmooth || slopes[far.count].isNaN)
    }

    /// The far tail, computed to 40 digits: x Φ(x) keeps its relative accuracy where (1 + erf) / 2 has lost it.
    @Test(arguments: Variant.all) func geluFarTail(_ variant: Variant) {
        let x = [-23.863100000000003, -8.5]
        let y: [Double] = guarded(2) { y in x.withUnsafeBytes { variant.double.gelu.forward(y, $0.baseAddress!, 0, 2) } }
        #expect(ulps(y[0], -8.834626604717357263689e-125) <= 3)
        #expect(ulps(y[1], -8.057604598872820601028e-17) <= 3)
    }

    @Test(arguments: Variant.all) func logarithm(_ variant: Variant) {
        func check<S: KernelScalar>(_: S.Type) {
            var xs: [S] = [1, 0.5, 2, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, S(1).nextUp, S(1).nextDown]
            for i in 1..<6000 { xs.append(S(Double(i) * 0.00071)) }
            for exponent in stride(from: Int(S.leastNormalMagnitude.exponent) - 10, to: Int(S.greatestFiniteMagnitude.exponent), by: 1) {
                xs.append(S(sign: .plus, exponent: S.Exponent(exponent), significand: 1.37))
            }
            let ys: [S] = guarded(xs.count) { y in xs.withUnsafeBytes { S.table(variant).logarithm(y, $0.baseAddress!, 0, xs.count) } }
            let worst = zip(xs, ys).map { ulps($1, log(Double($0))) }.max() ?? 0
            #expect(worst <= 1.5, "\(S.self)")
            let special: [S] = [0, -0.0, -1, .infinity, .nan, -.infinity]
            let results: [S] = guarded(6) { y in special.withUnsafeBytes { S.table(variant).logarithm(y, $0.baseAddress!, 0, 6) } }
            #expect(results[0] == -.infinity && results[1] == -.infinity && results[2].isNaN && results[3] == .infinity && results[4].isNaN)
            #expect(results[5].isNaN)
        }
        check(Float.self)
        check(Double.self)
    }

    /// e^x through the logistic function of very negative numbers, which is e^x there, down through the subnormals.
    @Test(arguments: Variant.all) func exponentialIntoTheSubnormals(_ variant: Variant) {
        func check<S: KernelScalar>(_: S.Type, from: Double, to: Double) {
            let xs = stride(from: from, to: to, by: 0.0137).map { S($0) }
            let ys: [S] = guarded(xs.count) { y in xs.withUnsafeBytes { S.table(variant).sigmoid.forward(y, $0.baseAddress!, 0, xs.count) } }
            let worst = zip(xs, ys).map { ulps($1, exp(Double($0))) }.max() ?? 0
            #expect(worst <= 1.6, "\(S.self)")
        }
        check(Float.self, from: -110, to: -20)
        check(Double.self, from: -750, to: -40)
    }
}
