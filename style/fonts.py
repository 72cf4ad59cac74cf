import sys,os
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.varLib import instancer
from fontTools import subset
B='node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-standard-normal.woff2'
A='node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2'
CH=[*range(0x20,0x7f)]+[ord(c) for c in '\u00a0¡¿áéíóúüñÁÉÍÓÚÜÑçÇèàêôïöäãõâëî«»“”‘’–—…·•×°ªº€©−½\u2009']
OUT=sys.argv[1]
def plain_zero(f):
    # one open counter instead of the two halves beside the slash, in every master
    g=f['glyf']['zero']; co=list(g.coordinates); n=len(co); fl=list(g.flags)
    e=g.endPtsOfContours; outer=e[0]+1
    def inner(pts):
        o=pts[:outer]; i=pts[outer:n]
        box=lambda p:(min(x for x,_ in p),min(y for _,y in p),max(x for x,_ in p),max(y for _,y in p))
        a,b,c,d=box(o); p,q,r,s=box(i)
        m=[(p+(x-a)*(r-p)/(c-a), q+(y-b)*(s-q)/(d-b)) for x,y in o]
        return list(reversed(m))
    base=inner(co); var=[]
    glyf=f['glyf']
    from fontTools.varLib.iup import iup_delta
    full,ctrl=glyf._getCoordinatesAndControls('zero',f['hmtx'].metrics)
    for v in f['gvar'].variations['zero']:
        d=v.coordinates
        if None in d: d=iup_delta(d,list(full),list(ctrl.endPts))
        pts=[(x+dx,y+dy) for (x,y),(dx,dy) in zip(co,d[:n])]
        m=inner(pts)
        dd=list(d[:outer])+[(x2-x,y2-y) for (x,y),(x2,y2) in zip(base,m)]+list(d[n:])
        var.append(TupleVariation(v.axes,[(round(x),round(y)) for x,y in dd]))
    g.coordinates=GlyphCoordinates([(round(x),round(y)) for x,y in co[:outer]+base])
    import array
    g.flags=array.array('B',fl[:outer]+list(reversed(fl[:outer])))
    g.endPtsOfContours=[outer-1,2*outer-1]; g.numberOfContours=2
    if hasattr(g,'program'):
        from fontTools.ttLib.tables import ttProgram
        g.program=ttProgram.Program(); g.program.fromBytecode(b'')
    g.recalcBounds(glyf)
    f['gvar'].variations['zero']=var
for name,p,lim in(('bricolage',B,dict(opsz=float(os.environ.get('OPSZ',48)),wdth=100,wght=(600,800))),('atkinson',A,dict(wght=(400,700)))):
    f=TTFont(p)
    if name=='atkinson': plain_zero(f)
    f=instancer.instantiateVariableFont(f,lim)
    f['gvar'].variations={g:(f['gvar'].variations[g] if g in f['gvar'].variations else []) for g in f.getGlyphOrder()}
    o=subset.Options(); o.layout_features=['kern','mark','mkmk','ccmp','locl','tnum','pnum']; o.hinting=False; o.flavor='woff2'; o.name_IDs=[0,1,2,4,6,13,14]; o.notdef_outline=True; o.drop_tables+=['STAT','DSIG','meta']
    if name=='bricolage': o.layout_features.remove('mark'); o.layout_features.remove('mkmk')
    s=subset.Subsetter(o); s.populate(unicodes=CH); s.subset(f)
    f.flavor='woff2'; q=f'{OUT}/{name}.woff2'; f.save(q); print(q,os.path.getsize(q),len(f.getGlyphOrder()),[(a.axisTag,a.minValue,a.defaultValue,a.maxValue) for a in f['fvar'].axes])
