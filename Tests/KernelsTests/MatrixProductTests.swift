import Foundation
import KernelInterface
import Testing

@Suite struct MatrixProductTests {
    static let shapes = [
        (1, 1, 1), (4, 4, 2), (4, 1, 4), (5, 3, 7), (13, 17, 9), (6, 16, 5), (12, 16, 3), (25, 33, 19), (7, 49, 1), (3, 31, 8), (32, 10, 64),
        (2, 2, 0), (40, 95, 23), (29, 131, 37), (13, 33, 520),
    ]
    /// Rows and columns of a block; 0: B is read in place.
    static let blocks = [(0, 0), (1, 1), (5, 7), (16, 32), (17, 64), (256, 512)]

    /// Every element is the chain fma(a[m,k], b[k,n], ...) over k in rising order from its start value: the same bits.
    @Test(arguments: Variant.all) func isTheChain(_ variant: Variant) {
        check(variant, Float.self)
        check(variant, Double.self)
    }

    private func check<S: KernelScalar>(_ variant: Variant, _: S.Type) {
        var noise = Noise(5)
        for (m, n, k) in Self.shapes {
            let (a, b, start): ([S], [S], [S]) = (noise.values(m * k), noise.values(k * n), noise.values(n))
            var turned = b
            for i in 0..<k { for j in 0..<n { turned[j * k + i] = b[i * n + j] } }
            for transposed in [false, true] {
                for hasStart in [false, true] {
                    var expected = [S](repeating: 0, count: m * n)
                    for row in 0..<m {
                        for column in 0..<n {
                            var sum: S = hasStart ? start[column] : 0
                            for i in 0..<k { sum.addProduct(transposed ? a[i * m + row] : a[row * k + i], b[i * n + column]) }
                            expected[row * n + column] = sum
                        }
                    }
                    for (kBlock, columnBlock) in Self.blocks {
                        for isTurned in [false, true] where !isTurned || kBlock > 0 {
                            for (rowCut, columnCut) in [(0, 0), (m / 3, n / 2)] {
                                let table = S.table(variant)
                                let c: [S] = guarded(m * n) { c in
                                    _ =
                                        guarded(kBlock * columnBlock + 12 * (kBlock + 16)) { workspace in
                                            withPointers(a, isTurned ? turned : b, start) { a, b, start in
                                                for (r0, r1) in [(0, rowCut), (rowCut, m)] {
                                                    for (c0, c1) in [(0, columnCut), (columnCut, n)] {
                                                        (isTurned ? table.transposedProduct : table.matrixProduct)(
                                                            c, a, b, hasStart ? start : nil, transposed ? 1 : k, transposed ? m : 1, k, n, kBlock,
                                                            columnBlock, workspace, r0, r1, c0, c1)
                                                    }
                                                }
                                            }
                                        } as [S]
                                }
                                #expect(
                                    c.map(\.bits) == expected.map(\.bits),
                                    "\(m)x\(n)x\(k), A turned \(transposed), B \(isTurned), start \(hasStart), \(kBlock)x\(columnBlock)"
                                )
                            }
                        }
                    }
                }
            }
        }
    }

    /// Rows of A that lie far apart are copied first, in both orientations.
    @Test(arguments: Variant.all) func copiesDistantRows(_ variant: Variant) {
        var noise = Noise(8)
        let (m, n, k) = (27, 40, 530)
        let (a, b): ([Float], [Float]) = (noise.values(m * 600), noise.values(k * n))
        let wide: [Float] = noise.values(k * 600)
        for isTall in [false, true] {
            let source = isTall ? wide : a
            let (aRow, aColumn) = isTall ? (1, 600) : (600, 1)
            var expected = [Float](repeating: 0, count: m * n)
            for row in 0..<m {
                for column in 0..<n {
                    for i in 0..<k { expected[row * n + column].addProduct(source[row * aRow + i * aColumn], b[i * n + column]) }
                }
            }
            let c: [Float] = guarded(m * n) { c in
                _ =
                    guarded(100 * 32 + 12 * 116) { workspace in
                        withPointers(source, b, []) { a, b, _ in
                            Float.table(variant).matrixProduct(c, a, b, nil, aRow, aColumn, k, n, 100, 32, workspace, 0, m, 0, n)
                        }
                    } as [Float]
            }
            #expect(c.map(\.bits) == expected.map(\.bits), "tall \(isTall)")
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

    private func withPointers<S>(_ a: [S], _ b: [S], _ c: [S], _ body: (UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer) -> Void) {
        // One more element each, so that an empty matrix has an address.
        (a + a.prefix(1) + c.prefix(1)).withUnsafeBytes { a in
            (b + c.prefix(1)).withUnsafeBytes { b in c.withUnsafeBytes { c in body(a.baseAddress!, b.baseAddress!, c.baseAddress!) } }
        }
    }
}
