import { findLayout } from './command/check/layout';
import { validate } from './command/check/validate';
import { Ground, examplesOf } from '../test/command/check/examples';
import { readFileSync, readdirSync } from 'node:fs';
const g = new Ground();
const run=()=>validate(findLayout([g.folder])).diagnostics.map(d=>({...d,file:d.file.replace(g.folder+'/','')}));
const t=Date.now(); const base=run(); console.log('BASE',Date.now()-t); 
const key=(d:any)=>`${d.file} ${d.code} ${d.message}`;
for(const d of base) console.log('  base',d.file,d.line,d.column,d.code,d.message,d.severity);
const known=new Set(base.map(key));
const only=process.argv.slice(2);
for(const n of readdirSync('docs/diagnostics').filter(n=>n!=='README.md')){const code=n.replace('.md',''); if(only.length&&!only.includes(code)) continue;
 const ex=examplesOf(readFileSync('docs/diagnostics/'+n,'utf8')); if(!ex.length){console.log('NONE',code);continue}
 try{const places=g.put(ex,code); const t=Date.now();const found=run().filter(d=>!known.has(key(d)));
 const of=found.filter(d=>d.code===code).map(d=>`${d.file}:${d.line}`); const want=places.map(p=>`${p.path}:${p.line}`);
 const others=found.filter(d=>d.code!==code);
 if(JSON.stringify(of)!==JSON.stringify(want)||others.length){console.log('BAD',code,'want',want.join(),'got',of.join());for(const d of others)console.log('     other',d.file,d.line,d.column,d.code,d.message)} else console.log('ok',code,Date.now()-t,found[0]!.message,'|',found[0]!.hint)}
 catch(e){console.log('ERR',code,(e as Error).message)} finally{g.restore()}
}
g.remove();
