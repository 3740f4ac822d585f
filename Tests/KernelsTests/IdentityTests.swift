import KernelInterface
import Testing

/// Bits depend neither on the instruction set nor on how a kernel's outputs are split.
@Suite struct IdentityTests {
    static let sizes = [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 97]

    /// A machine without them would prove less: say so.
    @Test func everyInstructionSetIsTried() {
        #if arch(x86_64)
        if Variant.all.count < 3 {
            Issue.record("this processor runs only \(Variant.all.map(\.name)): the other kernels were not tested", severity: .warning)
        }
        #endif
        #expect(Variant.all.count >= 1)
    }

    @Test func activations() {
        func check<S: KernelScalar>(_: S.Type) {
            var noise = Noise(1)
            for size in Self.sizes {
                let x: [S] = noise.values(size, 12)
                let dy: [S] = noise.values(size)
                for activation in ActivationCase.all {
                    sameBits(S.self, size, activation.testDescription) { table, y, from, to in
                        x.withUnsafeBytes { activation.kernel(table).forward(y, $0.baseAddress ?? UnsafeRawPointer(y), from, to) }
                    }
                    sameBits(S.self, size, activation.testDescription + " gradient") { table, y, from, to in
                        x.withUnsafeBytes { x in
                            dy.withUnsafeBytes {
                                activation.kernel(table).gradient(
                                    y, $0.baseAddress ?? UnsafeRawPointer(y), x.baseAddress ?? UnsafeRawPointer(y), from, to)
                            }
                        }
                    }
                }
                sameBits(S.self, size, "dropout") { table, y, from, to in
                    x.withUnsafeBytes { table.dropout(y, $0.baseAddress ?? UnsafeRawPointer(y), 0.3, 99, 7, from, to) }
                }
            }
        }
        check(Float.self)
        check(Double.self)
    }

    /// What L-BFGS does with all parameters together; the sum as it is written down: sixteen lanes, then halves added to halves.
    @Test func vectors() {
        func check<S: KernelScalar>(_: S.Type) {
            var noise = Noise(9)
            for size in Self.sizes {
                let a: [S] = noise.values(size, 3)
                let b: [S] = noise.values(size)
                sameBits(S.self, size, "combination") { table, y, from, to in
                    a.withUnsafeBytes { a in
                        b.withUnsafeBytes {
                            table.combination(
                                y, 0.7, a.baseAddress ?? UnsafeRawPointer(y), -1.3, $0.baseAddress ?? UnsafeRawPointer(y), from, to)
                        }
                    }
                }
                var lanes = [Double](repeating: 0, count: 16)
                for index in 0..<size { lanes[index % 16] += Double(a[index]) * Double(b[index]) }
                while lanes.count > 1 { lanes = (0..<lanes.count / 2).map { lanes[$0] + lanes[$0 + lanes.count / 2] } }
                for variant in Variant.all {
                    var total = 2.5
                    a.withUnsafeBytes { a in
                        b.withUnsafeBytes {
                            let empty = UnsafeRawPointer(bitPattern: 64)!
                            S.table(variant).addDotProduct(&total, a.baseAddress ?? empty, $0.baseAddress ?? empty, size)
                        }
                    }
                    #expect(total.bitPattern == (2.5 + lanes[0]).bitPattern, "\(variant.name), \(size)")
                }
                let combined: [S] = guarded(size) { y in
                    a.withUnsafeBytes { a in
                        b.withUnsafeBytes {
                            S.table(Variant.all[0]).combination(
                                y, 0.5, a.baseAddress ?? UnsafeRawPointer(y), -2, $0.baseAddress ?? UnsafeRawPointer(y), 0, size)
                        }
                    }
                }
                for index in 0..<size { #expect(combined[index] == (a[index] * 0.5).addingProduct(b[index], -2)) }
            }
        }
        check(Float.self)
        check(Double.self)
    }

    @Test func rowsOfSoftmaxAndLossGradients() {
        func check<S: KernelScalar>(_: S.Type) {
            var noise = Noise(2)
            for n in Self.sizes where n > 0 {
                let rows = 1 + noise.below(20)
                let x: [S] = noise.values(rows * n, 5)
                let t: [S] = noise.positive(rows * n)
                let classes = (0..<rows).map { _ in Int32(noise.below(n)) }
                let weights: [S] = noise.positive(rows, 0.1)
                sameBits(S.self, rows, width: n, "softmax") { table, y, from, to in
                    x.withUnsafeBytes { table.softmax(y, $0.baseAddress!, n, from, to) }
                }
                for (name, pair) in LossCase.kernels {
                    var first: (Double, Double)?
                    for variant in Variant.all {
                        let totals = LossCase.totals(pair(S.table(variant)), x, name == "cross_entropy" ? nil : t, classes, weights, n, rows)
                        if let first { #expect(first.0.bitPattern == totals.0.bitPattern && first.1.bitPattern == totals.1.bitPattern, "\(name)") }
                        first = first ?? totals
                    }
                    let totals = [first!.0, first!.1]
                    sameBits(S.self, rows, width: n, name) { table, y, from, to in
                        x.withUnsafeBytes { x in
                            t.withUnsafeBytes { t in
                                classes.withUnsafeBytes { classes in
                                    weights.withUnsafeBytes { weights in
                                        totals.withUnsafeBufferPointer {
                                            pair(table).gradient(
                                                y, x.baseAddress!, name == "cross_entropy" ? classes.baseAddress! : t.baseAddress!,
                                                weights.baseAddress!, $0.baseAddress!, 0.3, n, from, to)
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        check(Float.self)
        check(Double.self)
    }

    @Test func optimizers() {
        func check<S: KernelScalar>(_: S.Type) {
            var noise = Noise(3)
            var p = UpdateParameters()
            (p.learningRate, p.momentum, p.beta1, p.beta2, p.epsilon, p.rho) = (0.01, 0.9, 0.9, 0.99, 1e-8, 0.9)
            (p.correction1, p.correction2, p.mu, p.muNext, p.muProduct, p.muProductNext) = (0.27, 0.03, 0.6, 0.61, 0.5, 0.3)
            for size in Self.sizes {
                let (w, g): ([S], [S]) = (noise.values(size), noise.values(size))
                let states: [S] = noise.positive(2 * size + 1)
                for (name, kernel) in Self.updates {
                    sameBits(S.self, 3 * size, stretch: size, name) { table, y, from, to in
                        let at = MemoryLayout<S>.stride * size
                        if from == 0 {
                            w.withUnsafeBytes { y.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(y), byteCount: at) }
                            states.withUnsafeBytes { (y + at).copyMemory(from: $0.baseAddress!, byteCount: 2 * at) }
                        }
                        g.withUnsafeBytes { g in
                            // The whole in one row; a part of it in three, and what remains.
                            let (row, rows) = from == 0 && to == size ? (to, 1) : ((to - from) / 3, 3)
                            withUnsafePointer(to: p) {
                                let gradient = g.baseAddress ?? UnsafeRawPointer(y)
                                kernel(table)(y, gradient, y + at, y + 2 * at, $0, 0.02, from, from + row, rows, row)
                                kernel(table)(y, gradient, y + at, y + 2 * at, $0, 0.02, from + row * rows, to, 1, 0)
                            }
                        }
                    }
                }
            }
        }
        check(Float.self)
        check(Double.self)
    }

    static let updates: [(String, @Sendable (KernelTable) -> KernelTable.Update)] = [
        ("sgd", \.sgd), ("sgd momentum", \.sgdMomentum), ("adam", \.adam), ("adamw", \.adamw), ("nadam", \.nadam), ("rmsprop", \.rmsprop),
        ("adagrad", \.adagrad),
    ]

    /// Runs the kernel in one stretch and in three, on every instruction set, and compares the bits.
    private func sameBits<S: KernelScalar>(
        _: S.Type, _ units: Int, width: Int = 1, stretch: Int? = nil, _ name: String, _ run: (KernelTable, UnsafeMutableRawPointer, Int, Int) -> Void
    ) {
        var first: [UInt64]?
        let end = stretch ?? units
        for variant in Variant.all {
            for cuts in [[0, end], [0, end / 3, end / 2, end]] {
                let bits =
                    (guarded(units * width) { y in
                        for (from, to) in zip(cuts, cuts.dropFirst()) { run(S.table(variant), y, from, to) }
                    } as [S]).map(\.bits)
                if let first { #expect(first == bits, "\(name), \(S.self), \(variant.name), \(units) x \(width), cut at \(cuts)") }
                first = first ?? bits
            }
        }
    }
}
