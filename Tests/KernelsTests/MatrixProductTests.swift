import Foundation
import IR
import KernelInterface
import Testing

@Suite struct MatrixProductTests {
    /// Rows, columns and k of the product; panels of one, two and four times 32 columns and more, each with and without a rest.
    static let shapes = [
        (1, 1, 1), (4, 4, 2), (4, 1, 4), (5, 3, 7), (13, 17, 9), (6, 16, 5), (12, 16, 3), (25, 33, 19), (7, 49, 1), (3, 31, 8), (32, 10, 64),
        (2, 2, 0), (40, 95, 23), (29, 131, 37), (13, 33, 520), (9, 63, 70), (14, 64, 33), (27, 130, 530), (600, 70, 3),
    ]
    /// Steps of k that are copied at a time; 0: nothing is copied.
    static let blocks = [0, 1, 5, 16, 17, 256, 1024]

    enum Product: CaseIterable {
        case dense, inputGradient, weightGradient

        /// The blocks it can be given.
        var blocks: [Int] {
            switch self {
            case .dense: [0]
            case .inputGradient: MatrixProductTests.blocks.filter { $0 > 0 }
            case .weightGradient: MatrixProductTests.blocks
            }
        }

        /// Elements of the workspace, as KernelTable has it.
        func workspaceCount(block: Int, rows: Int) -> Int {
            switch self {
            case .dense: 0
            case .inputGradient: 32 * block + 2 * 32 * 63
            case .weightGradient: block * (63 + (rows + 11) / 12 * 12)
            }
        }
    }

    /// Every element is the chain fma(a[m,k], b[k,n], ...) over k in rising order from its start value: the same bits.
    @Test(arguments: Variant.all) func isTheChain(_ variant: Variant) {
        check(variant, Float.self)
        check(variant, Double.self)
    }

    private func check<S: KernelScalar>(_ variant: Variant, _: S.Type) {
        var noise = Noise(5)
        for (m, n, k) in Self.shapes {
            let (a, b, start): ([S], [S], [S]) = (noise.values(m * k), noise.values(k * n), noise.values(n))
            for hasStart in [false, true] {
                let expected = chains(a, b, hasStart ? start : nil, m, n, k)
                for product in Product.allCases where !hasStart || product == .dense {
                    for block in product.blocks {
                        for cut in [(0, 0), (m / 3, n / 2), (m / 2, n / 32 * 16)] {
                            let made = make(product, variant, a, b, hasStart ? start : nil, (m, n, k), block, cut)
                            #expect(made.map(\.bits) == expected.map(\.bits), "\(m)x\(n)x\(k), \(product), start \(hasStart), \(block), cut \(cut)")
                        }
                    }
                }
            }
        }
    }

    /// C[m,n] = start + A[m,k]·B[k,n], element by element.
    private func chains<S: KernelScalar>(_ a: [S], _ b: [S], _ start: [S]?, _ m: Int, _ n: Int, _ k: Int) -> [S] {
        var result = [S](repeating: 0, count: m * n)
        for row in 0..<m {
            for column in 0..<n {
                var sum: S = start?[column] ?? 0
                for i in 0..<k { sum.addProduct(a[row * k + i], b[i * n + column]) }
                result[row * n + column] = sum
            }
        }
        return result
    }

    /// The same by a kernel, in four calls that share rows and columns at `cut`; between fences that nothing may touch.
    private func make<S: KernelScalar>(
        _ product: Product, _ variant: Variant, _ a: [S], _ b: [S], _ start: [S]?, _ size: (m: Int, n: Int, k: Int), _ block: Int,
        _ cut: (row: Int, column: Int)
    ) -> [S] {
        let (m, n, k) = size
        let table = S.table(variant)
        let operands: ([S], [S]) =
            switch product {
            case .dense: (a, laidOut(b, WeightLayout(rows: k, columns: n)))
            case .inputGradient: (a, laidOut(turned(b, k, n), WeightLayout(rows: n, columns: k)))
            case .weightGradient: (turned(a, m, k), b)
            }
        let c: [S] = guarded(m * n) { c in
            _ =
                guarded(product.workspaceCount(block: block, rows: m)) { workspace in
                    withPointers(operands.0, operands.1, start ?? []) { a, b, first in
                        for (r0, r1) in [(0, cut.row), (cut.row, m)] {
                            for (c0, c1) in [(0, cut.column), (cut.column, n)] {
                                switch product {
                                case .dense:
                                    table.denseProduct(c, a, b, start == nil ? nil : first, k, n, r0, r1, c0, c1)
                                case .inputGradient: table.inputGradientProduct(c, a, b, k, n, block, workspace, r0, r1, c0, c1)
                                case .weightGradient:
                                    table.weightGradientProduct(c, a, b, m, n, k, block, workspace, false, r0, r1, c0, c1, 0, m)
                                }
                            }
                        }
                    }
                } as [S]
        }
        guard product == .weightGradient else { return c }
        let layout = WeightLayout(rows: m, columns: n)
        return (0..<m * n).map { c[layout.position(of: $0)] }
    }

    /// Some rows of a weight's gradient alone, laid out as a weight of so many rows.
    @Test(arguments: Variant.all) func makesRowsOfAWeightsGradient(_ variant: Variant) {
        var noise = Noise(8)
        let (inputs, n, k) = (40, 150, 21)
        let (x, dy): ([Float], [Float]) = (noise.values(k * inputs), noise.values(k * n))
        let expected = chains(turned(x, k, inputs), dy, nil, inputs, n, k)
        for (first, count) in [(0, 40), (7, 12), (39, 1)] {
            // At once, in blocks, and column by column of panels with the copies of the first call.
            for (kBlock, cuts) in [(0, [0, 150]), (8, [0, 150]), (21, [0, 32, 50, 96, 150]), (100, [0, 64, 150])] {
                let rows: [Float] = guarded(count * n) { dw in
                    _ =
                        guarded(kBlock * (63 + (count + 11) / 12 * 12)) { workspace in
                            withPointers(x, dy, []) { x, dy, _ in
                                for (from, to) in zip(cuts, cuts.dropFirst()) {
                                    Float.table(variant).weightGradientProduct(
                                        dw, x, dy, inputs, n, k, kBlock, workspace, from > 0, first, first + count, from, to, first, count)
                                }
                            }
                        } as [Float]
                }
                let layout = WeightLayout(rows: count, columns: n)
                let found = (0..<count * n).map { rows[layout.position(of: $0)].bitPattern }
                #expect(found == expected[first * n..<(first + count) * n].map(\.bitPattern), "rows \(first) ..< \(first + count)")
            }
        }
    }

    @Test(arguments: Variant.all) func columnSums(_ variant: Variant) {
        func check<S: KernelScalar>(_: S.Type) {
            var noise = Noise(6)
            for (m, n, _) in Self.shapes {
                let x: [S] = noise.values(m * n)
                let sums: [S] = guarded(n) { y in
                    x.withUnsafeBytes { x in
                        for (from, to) in [(0, n / 2), (n / 2, n)] { S.table(variant).columnSum(y, x.baseAddress!, m, n, from, to) }
                    }
                }
                let expected = (0..<n).map { column in (0..<m).reduce(S(0)) { $0 + x[$1 * n + column] } }
                #expect(sums.map(\.bits) == expected.map(\.bits))
            }
        }
        check(Float.self)
        check(Double.self)
    }

    /// [rows][columns] to [columns][rows].
    private func turned<S>(_ matrix: [S], _ rows: Int, _ columns: Int) -> [S] {
        (0..<columns).flatMap { column in (0..<rows).map { matrix[$0 * columns + column] } }
    }

    private func laidOut<S>(_ matrix: [S], _ layout: WeightLayout) -> [S] {
        var result = matrix
        for index in matrix.indices { result[layout.position(of: index)] = matrix[index] }
        return result
    }

    private func withPointers<S>(_ a: [S], _ b: [S], _ c: [S], _ body: (UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer) -> Void)
    where S: ExpressibleByIntegerLiteral {
        // One more element each, so that an empty matrix has an address.
        (a + [0]).withUnsafeBytes { a in
            (b + [0]).withUnsafeBytes { b in (c + [0]).withUnsafeBytes { c in body(a.baseAddress!, b.baseAddress!, c.baseAddress!) } }
        }
    }
}
