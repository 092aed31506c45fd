// A page may be left before the animation to it has begun; that it is left out harms nobody.
const leftOut = ({ viewTransition }) => {
  for (const promise of [viewTransition?.ready, viewTransition?.finished]) promise?.catch(() => {});
};
addEventListener('pageswap', leftOut);
addEventListener('pagereveal', leftOut);
