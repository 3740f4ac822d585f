#if FLOAT64
private typealias TileVector = SIMD8<Double>
#else
private typealias TileVector = SIMD16<Float>
#endif

/// C = start + A·B, each element the fused multiply-add chain over k in rising order. Register-blocked, unpacked.
///
/// A tile holds 6 rows (12 with AVX-512's 32 registers, condition WIDE) of one vector of columns, whose rows of B are contiguous. Which tile
/// an element falls in never changes its chain.
func matrixProduct(
    _ c: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ aRow: Int, _ aColumn: Int,
    _ k: Int, _ n: Int, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
) {
    let product = Product(
        c: c.assumingMemoryBound(to: Scalar.self) + fromRow &* n, a: a.assumingMemoryBound(to: Scalar.self) + fromRow &* aRow,
        b: b.assumingMemoryBound(to: Scalar.self), start: start?.assumingMemoryBound(to: Scalar.self), aRow: aRow, aColumn: aColumn, k: k, n: n,
        rows: toRow &- fromRow)
    let width = TileVector.scalarCount
    var column = fromColumn
    while column &+ width <= toColumn {
        product.columns(TileVector.self, column)
        column = column &+ width
    }
    #if !FLOAT64
    if column &+ 8 <= toColumn {
        product.columns(SIMD8<Scalar>.self, column)
        column = column &+ 8
    }
    #endif
    if column &+ 4 <= toColumn {
        product.columns(SIMD4<Scalar>.self, column)
        column = column &+ 4
    }
    if column &+ 2 <= toColumn {
        product.columns(SIMD2<Scalar>.self, column)
        column = column &+ 2
    }
    if column < toColumn { product.lastColumn(column) }
}

private struct Product {
    let c: UnsafeMutablePointer<Scalar>
    let a: UnsafePointer<Scalar>
    let b: UnsafePointer<Scalar>
    let start: UnsafePointer<Scalar>?
    let aRow: Int
    let aColumn: Int
    let k: Int
    let n: Int
    let rows: Int

    /// One vector of columns, from `column`, for all rows.
    @inline(__always)
    func columns<V: SIMD>(_: V.Type, _ column: Int) where V.Scalar == Scalar {
        var row = 0
        #if WIDE
        while row &+ 12 <= rows {
            tile(V.self, 12, row, column)
            row = row &+ 12
        }
        #endif
        while row &+ 6 <= rows {
            tile(V.self, 6, row, column)
            row = row &+ 6
        }
        if row &+ 4 <= rows {
            tile(V.self, 4, row, column)
            row = row &+ 4
        }
        if row &+ 2 <= rows {
            tile(V.self, 2, row, column)
            row = row &+ 2
        }
        if row < rows { tile(V.self, 1, row, column) }
    }

    /// `height` rows (a constant after inlining) of one vector of columns.
    @inline(__always)
    func tile<V: SIMD>(_: V.Type, _ height: Int, _ row: Int, _ column: Int) where V.Scalar == Scalar {
        var c0 = V(repeating: 0)
        if let start { c0 = UnsafeRawPointer(start + column).loadUnaligned(as: V.self) }
        var c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0, c9 = c0, c10 = c0, c11 = c0
        let firstRow = a + row &* aRow
        for i in 0..<k {
            let v = UnsafeRawPointer(b + (i &* n &+ column)).loadUnaligned(as: V.self)
            let p = firstRow + i &* aColumn
            c0 = c0.addingProduct(p[0], v)
            if height > 1 { c1 = c1.addingProduct(p[aRow], v) }
            if height > 2 {
                c2 = c2.addingProduct(p[2 &* aRow], v)
                c3 = c3.addingProduct(p[3 &* aRow], v)
            }
            if height > 4 {
                c4 = c4.addingProduct(p[4 &* aRow], v)
                c5 = c5.addingProduct(p[5 &* aRow], v)
            }
            if height > 6 {
                c6 = c6.addingProduct(p[6 &* aRow], v)
                c7 = c7.addingProduct(p[7 &* aRow], v)
                c8 = c8.addingProduct(p[8 &* aRow], v)
                c9 = c9.addingProduct(p[9 &* aRow], v)
                c10 = c10.addingProduct(p[10 &* aRow], v)
                c11 = c11.addingProduct(p[11 &* aRow], v)
            }
        }
        let to = UnsafeMutableRawPointer(c + (row &* n &+ column))
        let stride = n &* MemoryLayout<Scalar>.stride
        to.storeBytes(of: c0, as: V.self)
        if height > 1 { (to + stride).storeBytes(of: c1, as: V.self) }
        if height > 2 {
            (to + 2 &* stride).storeBytes(of: c2, as: V.self)
            (to + 3 &* stride).storeBytes(of: c3, as: V.self)
        }
        if height > 4 {
            (to + 4 &* stride).storeBytes(of: c4, as: V.self)
            (to + 5 &* stride).storeBytes(of: c5, as: V.self)
        }
        if height > 6 {
            (to + 6 &* stride).storeBytes(of: c6, as: V.self)
            (to + 7 &* stride).storeBytes(of: c7, as: V.self)
            (to + 8 &* stride).storeBytes(of: c8, as: V.self)
            (to + 9 &* stride).storeBytes(of: c9, as: V.self)
            (to + 10 &* stride).storeBytes(of: c10, as: V.self)
            (to + 11 &* stride).storeBytes(of: c11, as: V.self)
        }
    }

    /// A single column: four rows at a time, so that four chains run side by side.
    @inline(__always)
    func lastColumn(_ column: Int) {
        let first = start.map { $0[column] } ?? 0
        let b = b + column
        var row = 0
        while row &+ 4 <= rows {
            let p = a + row &* aRow
            var c0 = first, c1 = first, c2 = first, c3 = first
            for i in 0..<k {
                let v = b[i &* n]
                let q = p + i &* aColumn
                c0 = c0.addingProduct(q[0], v)
                c1 = c1.addingProduct(q[aRow], v)
                c2 = c2.addingProduct(q[2 &* aRow], v)
                c3 = c3.addingProduct(q[3 &* aRow], v)
            }
            let to = c + (row &* n &+ column)
            to[0] = c0
            to[n] = c1
            to[2 &* n] = c2
            to[3 &* n] = c3
            row = row &+ 4
        }
        while row < rows {
            var sum = first
            for i in 0..<k { sum = sum.addingProduct(a[row &* aRow &+ i &* aColumn], b[i &* n]) }
            c[row &* n &+ column] = sum
            row = row &+ 1
        }
    }
}

/// y[N,M] = transpose of x[M,N]; rows from ..< to of y. In squares of eight, so that both sides stay in cache.
func transpose(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ m: Int, _ n: Int, _ from: Int, _ to: Int) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    var top = from
    while top < to {
        let bottom = min(top &+ 8, to)
        for i in 0..<m {
            for j in top..<bottom { y[j &* m &+ i] = x[i &* n &+ j] }
        }
        top = bottom
    }
}

/// y[N] = sum over the rows of x[M,N], each column's chain in rising order from 0; columns from ..< to.
func columnSum(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ m: Int, _ n: Int, _ from: Int, _ to: Int) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    var j = from
    while j &+ 16 <= to {
        var sum = splat(0)
        for i in 0..<m { sum += load(x + (i &* n &+ j)) }
        store(sum, y + j)
        j = j &+ 16
    }
    while j < to {
        var sum: Scalar = 0
        for i in 0..<m { sum += x[i &* n &+ j] }
        y[j] = sum
        j = j &+ 1
    }
}
