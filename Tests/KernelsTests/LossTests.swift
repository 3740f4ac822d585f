import Foundation
import KernelInterface
import Testing

/// The losses with their definitions in Double, written row by row.
enum LossCase {
    static let kernels: [(String, @Sendable (KernelTable) -> KernelTable.LossPair)] = [
        ("cross_entropy", \.crossEntropy), ("binary_cross_entropy", \.binaryCrossEntropy), ("mse", \.mse), ("mae", \.mae), ("huber", \.huber),
        ("sse", \.sse), ("kl_divergence", \.klDivergence),
    ]

    static func rowLoss(_ name: String, _ x: [Double], _ t: [Double], _ label: Int, _ parameter: Double) -> Double {
        let n = Double(x.count)
        let logSum = (x.max() ?? 0) + log(x.map { exp($0 - (x.max() ?? 0)) }.reduce(0, +))
        switch name {
        case "cross_entropy":
            return x.indices.map { ((Int($0) == label ? 1 - parameter : 0) + parameter / n) * (logSum - x[$0]) }.reduce(0, +)
        case "binary_cross_entropy":
            return zip(x, t).map { x, t in max(x, 0) - x * (t * (1 - parameter) + parameter / 2) + log1p(exp(-x.magnitude)) }.reduce(0, +) / n
        case "mse": return zip(x, t).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) / n
        case "sse": return zip(x, t).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
        case "mae": return zip(x, t).map { ($0 - $1).magnitude }.reduce(0, +) / n
        case "huber":
            return zip(x, t).map { x, t in
                let d = (x - t).magnitude
                return d <= parameter ? d * d / 2 : parameter * (d - parameter / 2)
            }.reduce(0, +) / n
        default: return zip(x, t).map { x, t in t == 0 ? 0 : t * (log(t) - (x - logSum)) }.reduce(0, +)
        }
    }

    static func totals<S: KernelScalar>(
        _ pair: KernelTable.LossPair, _ x: [S], _ t: [S]?, _ classes: [Int32], _ weights: [S]?, _ n: Int, _ rows: Int, parameter: Double = 0.3
    ) -> (Double, Double) {
        var totals = [0.0, 0.0]
        x.withUnsafeBytes { x in
            (t ?? []).withUnsafeBytes { values in
                classes.withUnsafeBytes { classes in
                    (weights ?? []).withUnsafeBytes { w in
                        pair.value(
                            &totals, x.baseAddress!, t == nil ? classes.baseAddress! : values.baseAddress!, weights == nil ? nil : w.baseAddress,
                            parameter, n, rows)
                    }
                }
            }
        }
        return (totals[0], totals[1])
    }
}

@Suite struct LossTests {
    @Test(arguments: Variant.all, LossCase.kernels.map(\.0)) func values(_ variant: Variant, _ name: String) throws {
        let pair = try #require(LossCase.kernels.first { $0.0 == name }).1
        func check<S: KernelScalar>(_: S.Type, _ tolerance: Double) {
            var noise = Noise(11)
            for n in [1, 2, 3, 10, 16, 17, 40] {
                for rows in [1, 5, 16, 33] {
                    let x: [S] = noise.values(rows * n, 4)
                    // A few exact zeros among the targets.
                    let t: [S] = (noise.positive(rows * n) as [S]).map { $0 < 0.1 ? 0 : $0 }
                    let classes = (0..<rows).map { _ in Int32(noise.below(n)) }
                    let weights: [S] = noise.positive(rows, 0.05)
                    for weighted in [false, true] {
                        for parameter in [0.3, 0] where name != "huber" || parameter > 0 {
                            let totals = LossCase.totals(
                                pair(S.table(variant)), x, name == "cross_entropy" ? nil : t, classes, weighted ? weights : nil, n, rows,
                                parameter: parameter)
                            var (sum, weight) = (0.0, 0.0)
                            for row in 0..<rows {
                                let stretch = row * n..<(row + 1) * n
                                let w = weighted ? Double(weights[row]) : 1
                                sum +=
                                    w * LossCase.rowLoss(name, x[stretch].map(Double.init), t[stretch].map(Double.init), Int(classes[row]), parameter)
                                weight += w
                            }
                            #expect((totals.0 - sum).magnitude <= tolerance * (1 + sum.magnitude), "\(S.self) n \(n), rows \(rows)")
                            #expect((totals.1 - weight).magnitude <= 1e-12 * weight)
                        }
                    }
                }
            }
        }
        check(Float.self, 2e-6)
        check(Double.self, 1e-14)
    }

    @Test(arguments: Variant.all) func hugeLogitsGiveFiniteLosses(_ variant: Variant) {
        let x: [Float] = [1e4, -1e4, 0, -1e4, 1e4, 9999]
        let classes: [Int32] = [1, 0]
        let cross = LossCase.totals(variant.float.crossEntropy, x, nil, classes, nil, 3, 2, parameter: 0)
        #expect((cross.0 - 40_000.313).magnitude < 5e-3 && cross.1 == 2)
        let binary = LossCase.totals(variant.float.binaryCrossEntropy, x, [0, 1, 1, 0, 1, 1], classes, nil, 3, 2, parameter: 0)
        #expect((binary.0 - (20_000 + 0.6931472) / 3).magnitude < 1e-3)
        let divergence = LossCase.totals(variant.float.klDivergence, x, [0, 1, 0, 0, 0.5, 0.5], classes, nil, 3, 2, parameter: 0)
        #expect(divergence.0.isFinite && divergence.0 > 19_999)
    }

    /// Gradients and probabilities of the same: at most 1 for each row, never NaN.
    @Test(arguments: Variant.all) func hugeLogitsGiveFiniteGradients(_ variant: Variant) {
        let x: [Float] = [1e4, -1e4, 0, -1e4, 1e4, 9999]
        let classes: [Int32] = [1, 0]
        let targets: [Float] = [0, 1, 1, 0, 0.5, 0.5]
        let totals = [1.0, 2.0]
        for (pair, hasClasses) in [
            (variant.float.crossEntropy, true), (variant.float.binaryCrossEntropy, false), (variant.float.klDivergence, false),
        ] {
            let gradient: [Float] = guarded(6) { y in
                x.withUnsafeBytes { x in
                    classes.withUnsafeBytes { classes in
                        targets.withUnsafeBytes { targets in
                            pair.gradient(
                                y, x.baseAddress!, hasClasses ? classes.baseAddress! : targets.baseAddress!, nil, totals, 0, 3, 0, 2)
                        }
                    }
                }
            }
            #expect(gradient.allSatisfy { $0.isFinite && $0.magnitude <= 1 } && gradient.contains { $0.magnitude > 0.1 }, "\(gradient)")
        }
        let softmax: [Float] = guarded(6) { y in x.withUnsafeBytes { variant.float.softmax(y, $0.baseAddress!, 3, 0, 2) } }
        #expect(softmax[..<3] == [1, 0, 0] && (softmax[4] - 0.731_058_6).magnitude < 1e-6 && softmax[3] == 0)
    }

    /// Up to the largest numbers a loss is no NaN, and infinite only where it is itself too large; its gradient is finite. A NaN anywhere shows.
    @Test(arguments: Variant.all, LossCase.kernels.map(\.0)) func theLargestNumbers(_ variant: Variant, _ name: String) throws {
        let pair = try #require(LossCase.kernels.first { $0.0 == name }).1
        func check<S: KernelScalar>(_: S.Type) {
            let kernels = pair(S.table(variant))
            let isOfClasses = name == "cross_entropy"
            for large in [S(1e20), 1e30, S.greatestFiniteMagnitude] {
                for (x, t, label) in [
                    ([large, -large, 0], [1, 0, 0], 0), ([-large, large, 0], [1, 0, 0], 0), ([large, large, -large], [0.5, 0.5, 0], 1),
                ] {
                    let (x, t) = (x as [S], (t as [Double]).map { S($0) })
                    let parameter = name == "huber" ? 1.0 : 0
                    let loss = LossCase.totals(kernels, x, isOfClasses ? nil : t, [Int32(label)], nil, 3, 1, parameter: parameter).0
                    // Losses of distributions do not change when all logits move; next to 0 the definition loses nothing to rounding.
                    let shift = isOfClasses || name == "kl_divergence" ? Double(x.max() ?? 0) : 0
                    let exact = LossCase.rowLoss(name, x.map { Double($0) - shift }, t.map { Double($0) }, label, parameter)
                    #expect(!loss.isNaN && loss >= 0, "\(S.self) \(x): \(loss)")
                    // Differences and sums on the way may be some times as large as the loss.
                    #expect(
                        loss.isFinite || exact.magnitude > Double(S.greatestFiniteMagnitude) / 8 || exact.isNaN,
                        "\(S.self) \(x): \(loss) for \(exact)")
                    if exact < 1e15 { #expect((loss - exact).magnitude <= 1e-5 * max(1, exact), "\(S.self) \(x): \(loss) for \(exact)") }
                    let gradient = Self.gradient(kernels, x, isOfClasses ? nil : t, [Int32(label)], 3, 1, parameter: parameter)
                    let isSquare = name == "mse" || name == "sse"
                    #expect(
                        gradient.allSatisfy { $0.isFinite || isSquare && large == .greatestFiniteMagnitude && !$0.isNaN },
                        "\(S.self) \(x): \(gradient)")
                }
            }
            for place in 0..<3 {
                var x: [S] = [0.5, -1, 2]
                x[place] = .nan
                let loss = LossCase.totals(kernels, x, isOfClasses ? nil : [0.25, 0.25, 0.5], [1], nil, 3, 1, parameter: name == "huber" ? 1 : 0).0
                #expect(loss.isNaN, "\(S.self) \(place): \(loss)")
            }
        }
        check(Float.self)
        check(Double.self)
    }

    private static func gradient<S: KernelScalar>(
        _ pair: KernelTable.LossPair, _ x: [S], _ t: [S]?, _ classes: [Int32], _ n: Int, _ rows: Int, parameter: Double
    ) -> [S] {
        let totals = [1.0, Double(rows)]
        return guarded(x.count) { y in
            x.withUnsafeBytes { x in
                classes.withUnsafeBytes { classes in
                    (t ?? []).withUnsafeBytes { values in
                        pair.gradient(y, x.baseAddress!, t == nil ? classes.baseAddress! : values.baseAddress!, nil, totals, parameter, n, 0, rows)
                    }
                }
            }
        }
    }

    /// The softmax of a row sums to 1 and is the quotient of exponentials.
    @Test(arguments: Variant.all) func softmax(_ variant: Variant) {
        var noise = Noise(4)
        for n in [1, 2, 15, 16, 17, 50] {
            let x: [Double] = noise.values(3 * n, 8)
            let y: [Double] = guarded(3 * n) { y in x.withUnsafeBytes { variant.double.softmax(y, $0.baseAddress!, n, 0, 3) } }
            for row in 0..<3 {
                let part = x[row * n..<(row + 1) * n]
                let scale = part.map { exp($0 - part.max()!) }.reduce(0, +)
                for j in 0..<n { #expect((y[row * n + j] - exp(x[row * n + j] - part.max()!) / scale).magnitude < 1e-15) }
            }
        }
    }

    /// One pass gives the bits of the two.
    @Test(arguments: Variant.all) func crossEntropyWithItsGradient(_ variant: Variant) {
        func check<S: KernelScalar>(_: S.Type) {
            var noise = Noise(12)
            let table = S.table(variant)
            for n in [1, 2, 3, 4, 5, 8, 9, 10, 15, 16, 17, 40] {
                for rows in [1, 2, 15, 16, 17, 50] {
                    let x: [S] = noise.values(rows * n, 30)
                    let classes = (0..<rows).map { _ in Int32(noise.below(n)) }
                    let weights: [S] = noise.positive(rows, 0.1)
                    for (hasWeights, smoothing) in [(false, 0.0), (true, 0), (false, 0.2)] {
                        let apart = LossCase.totals(table.crossEntropy, x, nil, classes, hasWeights ? weights : nil, n, rows, parameter: smoothing)
                        var together = [0.0, 0.0]
                        var gradients: [[S]] = []
                        x.withUnsafeBytes { x in
                            classes.withUnsafeBytes { classes in
                                weights.withUnsafeBytes { weights in
                                    let w = hasWeights ? weights.baseAddress : nil
                                    gradients.append(
                                        guarded(rows * n) {
                                            table.crossEntropyWithGradient(
                                                $0, &together, x.baseAddress!, classes.baseAddress!, w, smoothing, n, rows)
                                        })
                                    gradients.append(
                                        guarded(rows * n) {
                                            table.crossEntropy.gradient(
                                                $0, x.baseAddress!, classes.baseAddress!, w, [apart.0, apart.1], smoothing, n, 0, rows)
                                        })
                                }
                            }
                        }
                        #expect(together.map(\.bitPattern) == [apart.0.bitPattern, apart.1.bitPattern], "\(n) classes, \(rows) rows")
                        #expect(gradients[0].map(\.bits) == gradients[1].map(\.bits), "\(n) classes, \(rows) rows, smoothing \(smoothing)")
                    }
                }
            }
        }
        check(Float.self)
        check(Double.self)
    }
}
