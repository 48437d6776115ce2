import './hostile-programs.test.ts';
